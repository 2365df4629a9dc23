"""What the money reminds of, an area a file."""
