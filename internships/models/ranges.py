"""Ranges of days as the database compares them."""

from internships.ranges import DateRange

__all__ = ["DateRange"]
