"""Reads of the bases room; nothing here writes."""
