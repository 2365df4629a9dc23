"""Reads for the pages of saved views."""
