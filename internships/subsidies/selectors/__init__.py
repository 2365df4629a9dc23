"""Reads for pages and desks of the money."""
