"""The months of a stay: calendar months, or months from its first day."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """The days of one month that are claimed. ``is_whole``: they are all days of that month."""

    starts_on: date
    ends_on: date
    is_whole: bool


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later; the last day where a month has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_from(first: date, last: date, *, is_calendar: bool) -> Iterator[tuple[date, date]]:
    """Yield first and last day of each whole month that touches ``first`` to ``last``, counted from ``first``."""
    anchor, number = (first.replace(day=1) if is_calendar else first), 0
    while (begins := add_months(anchor, number)) <= last:
        number += 1
        yield begins, add_months(anchor, number) - ONE_DAY


@lru_cache(maxsize=4096)
def periods(
    first: date, last: date, claimed_from: date, claimed_until: date, *, is_calendar: bool
) -> tuple[Period, ...]:
    """Return the months of the days claimed, out of a stay from ``first`` to ``last``."""
    begins, ends = max(first, claimed_from), min(last, claimed_until)
    return tuple(
        Period(max(month, begins), min(end, ends), month >= begins and end <= ends)
        for month, end in months_from(first, last, is_calendar=is_calendar)
        if end >= begins and month <= ends
    )
