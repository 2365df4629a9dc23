"""What the money tells: each area declares its kinds of message in a file of its own."""
