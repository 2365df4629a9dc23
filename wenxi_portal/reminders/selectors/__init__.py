"""Reads for the pages that explain reminders."""
