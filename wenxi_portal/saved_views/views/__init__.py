"""Pages of saved views."""
