"""What pages and desks of the talent room read."""
