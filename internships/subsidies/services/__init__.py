"""Verbs of the money: the only writers."""
