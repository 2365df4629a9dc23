"""A month of many interns on one grid."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from internships.enums import SheetState
from internships.models import AttendanceSheet, Placement
from internships.models.placement import BEGUN
from internships.selectors.attendance import (
    Day,
    days_of,
    due_months,
    grid,
    month_end,
    pauses_of,
    present_sheets,
    usual_marks,
)
from wenxi_portal.reminders.working_days import Calendar, calendar


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One intern's month. Without a sheet the days are shown as they usually are."""

    stay: Placement
    sheet: AttendanceSheet | None
    days: list[Day]
    days_present: float
    can_confirm: bool


def board(stays: QuerySet[Placement], month: date, today: date) -> list[BoardRow]:
    """Return the interns who are here in ``month``, by name (four queries, however many)."""
    found = (
        stays.filter(state__in=BEGUN, starts_on__lte=month_end(month), ends_on__gte=month)
        .select_related("student", "position")
        .prefetch_related("stay_events", "attendance_sheets")
        .order_by("student__name", "pk")
    )
    known = calendar()
    return [row for stay in found if (row := _row(stay, month, today, known))]


def _row(stay: Placement, month: date, today: date, known: Calendar) -> BoardRow | None:
    days = days_of(stay.starts_on, stay.ends_on, pauses_of(stay), month)
    if not days:
        return None
    sheet = present_sheets(stay).get(month)
    marks = usual_marks(days, known)
    shown = sheet or AttendanceSheet(placement=stay, month=month, marks=marks)
    if sheet is None:
        shown.clean()
    open_to_confirm = sheet is None or sheet.state == SheetState.DRAFT
    return BoardRow(
        stay, sheet, grid(shown, known), shown.days_present, open_to_confirm and month in due_months(stay, today)
    )
