"""Reads for the inbox and its frame."""
