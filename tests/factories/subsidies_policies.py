"""Stays that were attended and confirmed, and policies of any shape."""

from datetime import date, timedelta
from typing import Any

from internships.enums import HALF_DAYS, DayMark, PlacementState, SheetState
from internships.models import AttendanceSheet, Placement
from internships.selectors.attendance import month_end, months_between
from internships.subsidies.enums import PolicyState
from internships.subsidies.models import Policy
from tests.factories.accounts import UserFactory
from tests.factories.internships import PlacementFactory
from tests.factories.subsidies import PolicyFactory


def attended_stay(first: date, last: date, **kwargs: Any) -> Placement:
    """Return a completed stay whose months were all confirmed, present every day."""
    stay: Placement = PlacementFactory(
        **{"state": PlacementState.COMPLETED, "starts_on": first, "ends_on": last} | kwargs
    )
    for month in months_between(first, last):
        confirm_month(stay, month)
    return stay


def confirm_month(stay: Placement, month: date, mark: DayMark = DayMark.PRESENT, **kwargs: Any) -> AttendanceSheet:
    """Return the confirmed sheet of a month of a stay, every day marked alike."""
    first, last = max(month, stay.starts_on), min(month_end(month), stay.ends_on)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    by = UserFactory()
    sheet: AttendanceSheet = AttendanceSheet.objects.create(
        placement=stay, month=month, marks={str(day.day): mark.value for day in days},
        half_days=len(days) * HALF_DAYS[mark],
        **{"state": SheetState.CONFIRMED, "confirmed_by": by, "confirmed_at": "2026-01-01T00:00:00Z"} | kwargs,
    )  # fmt: skip
    return sheet


def policy_in(state: PolicyState | str, **kwargs: Any) -> Policy:
    """Return a policy in ``state``."""
    if state == PolicyState.APPROVED:
        return PolicyFactory(**kwargs)  # type: ignore[no-any-return]
    return PolicyFactory(draft=True, **{"state": state} | kwargs)  # type: ignore[no-any-return]
