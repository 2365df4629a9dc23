"""Reads of the pages room; nothing here writes."""
