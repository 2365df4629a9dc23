"""Verbs of the pages room."""
