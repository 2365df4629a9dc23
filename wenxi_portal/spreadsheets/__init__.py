"""Spreadsheets: a sheet is declared once, and everything that is done with it follows from the declaration."""
