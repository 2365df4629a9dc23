"""Which days of a stay no insurance covers, and how many days of a month a stay has. Plain arithmetic of days."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings

from internships.models import Insurance, Placement

ONE_DAY = timedelta(days=1)
Period = tuple[date, date]


def uncovered(first: date, last: date, periods: Iterable[Period]) -> list[Period]:
    """Return the gaps between ``first`` and ``last`` (both included) that none of ``periods`` covers, in order."""
    gaps: list[Period] = []
    open_from = first
    for begins, ends in sorted(periods):
        if ends < begins or ends < open_from:
            continue
        if begins > last:
            break
        if begins > open_from:
            gaps.append((open_from, begins - ONE_DAY))
        open_from = max(open_from, ends + ONE_DAY)
    if open_from <= last:
        gaps.append((open_from, last))
    return gaps


def period_of(insurance: Insurance) -> Period:
    """Return the days an insurance covers: it ends the day before its cancellation."""
    ends = insurance.ends_on
    if insurance.cancelled_on:
        ends = min(ends, insurance.cancelled_on - ONE_DAY)
    return insurance.starts_on, ends


def gaps_of(stay: Placement) -> list[Period]:
    """Return the days of ``stay`` that no insurance of at least INSURANCE_SUM yuan covers."""
    counted = [one for one in stay.insurances.all() if one.sum_insured >= settings.INSURANCE_SUM]
    return uncovered(stay.starts_on, stay.ends_on, map(period_of, counted))


def age_on(born: date, day: date) -> int:
    """Return the completed years of life; who was born on 29 February completes them on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
