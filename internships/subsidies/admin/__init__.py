"""Desks of the money."""
