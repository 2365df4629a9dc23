"""Working days of mainland China: weekends, holidays and the working days that make up for them.

The days come from ``Holiday`` rows, entered from the State Council's yearly notice. A year without rows falls back to
weekends, and ``Calendar.is_known`` says so: no library table, which ends some year, is asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from wenxi_portal.core.once import once
from wenxi_portal.reminders.models import Holiday

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the calendar says of single days: False for days off, True for working days on a weekend."""

    days: dict[date, bool]
    years: frozenset[int]

    def is_known(self, year: int) -> bool:
        """Tell whether the year's notice is on file; otherwise weekends alone count."""
        return year in self.years

    def is_working_day(self, day: date) -> bool:
        """Tell whether offices work on that day."""
        return self.days.get(day, day.weekday() < SATURDAY)

    def add_working_days(self, day: date, number: int) -> date:
        """Return the working day ``number`` working days after ``day`` (before it when negative); 0 is ``day``."""
        step = ONE_DAY if number >= 0 else -ONE_DAY
        left = abs(number)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """Return how many working days lie after ``first`` up to ``last`` (both in order; negative otherwise)."""
        if last < first:
            return -self.working_days_between(last, first)
        number = (last - first).days
        return sum(self.is_working_day(first + timedelta(days=each)) for each in range(1, number + 1))

    def unknown_years(self, days: Iterable[date]) -> list[int]:
        """Return the years among ``days`` for which weekends alone are counted."""
        return sorted({day.year for day in days} - self.years)


def calendar() -> Calendar:
    """Return the calendar as it is on file (one query; a page asks once)."""
    return once("working days", _on_file)


def _on_file() -> Calendar:
    days = dict(Holiday.objects.values_list("day", "is_working"))
    return Calendar(days, frozenset(day.year for day in days))


def is_working_day(day: date) -> bool:
    """Tell whether offices work on that day."""
    return calendar().is_working_day(day)


def add_working_days(day: date, number: int) -> date:
    """Return the working day so many working days after ``day`` (before it when negative)."""
    return calendar().add_working_days(day, number)


def working_days_between(first: date, last: date) -> int:
    """Return how many working days lie after ``first`` up to ``last``."""
    return calendar().working_days_between(first, last)
