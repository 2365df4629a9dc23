"""The public pages of bases and universities."""
