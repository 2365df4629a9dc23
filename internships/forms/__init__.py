"""What students, hosts and universities fill in."""
