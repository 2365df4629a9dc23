"""Ranges of days as the database compares them."""

from internships.querysets import DateRange

__all__ = ["DateRange"]
