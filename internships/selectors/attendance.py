"""Which days of a month belong to a stay, what they usually are, and how a month stands."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.conf import settings

from internships.enums import HALF_DAYS, DayMark, SheetState, StayEventKind
from internships.models import AttendanceSheet, Placement
from internships.models.placement import BEGUN
from wenxi_portal.reminders.working_days import Calendar, calendar

ONE_DAY = timedelta(days=1)
VALID = (SheetState.CONFIRMED, SheetState.OBJECTED, SheetState.LOCKED)
# How a mark is written on paper and on sheets: the signs that offices use.
SIGNS = {
    DayMark.PRESENT: "√",
    DayMark.HALF: "½",
    DayMark.LEAVE: "△",
    DayMark.SICK: "○",
    DayMark.ABSENT: "×",
    DayMark.REST: "—",
}


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month as the grid shows it; ``mark`` is empty for days that are none of the stay."""

    on: date
    is_working: bool
    mark: str

    @property
    def sign(self) -> str:
        """The mark as one sign."""
        return SIGNS[DayMark(self.mark)] if self.mark else ""

    @property
    def word(self) -> str:
        """The mark in words."""
        return str(DayMark(self.mark).label) if self.mark else ""


def first_of(day: date) -> date:
    """Return the first day of the month of ``day``."""
    return day.replace(day=1)


@lru_cache(maxsize=240)
def month_end(month: date) -> date:
    """Return the last day of the month that begins on ``month``."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    return month_end(month) + ONE_DAY


def months_between(first: date, last: date) -> Iterator[date]:
    """Yield the first day of each month from that of ``first`` to that of ``last``."""
    month = first_of(first)
    while month <= last:
        yield month
        month = next_month(month)


def pauses_of(stay: Placement) -> list[tuple[date, date]]:
    """Return the interruptions of a stay: first and last day without attendance. An open one lasts to the end."""
    pauses: list[tuple[date, date]] = []
    since: date | None = None
    course = (StayEventKind.INTERRUPTED, StayEventKind.RESUMED)
    for event in sorted(stay.stay_events.all(), key=lambda one: (one.on, one.pk)):
        if event.kind not in course:
            continue
        if event.kind == StayEventKind.INTERRUPTED:
            since = event.on
        elif since is not None:
            pauses.append((since, event.on - ONE_DAY))
            since = None
    return [*pauses, (since, stay.ends_on)] if since is not None else pauses


def days_of(first: date, last: date, pauses: Iterable[tuple[date, date]], month: date) -> list[date]:
    """Return the days of ``month`` on which a stay from ``first`` to ``last`` takes place."""
    begins, ends = max(first, month), min(last, month_end(month))
    held = list(pauses)
    days = (begins + timedelta(days=number) for number in range((ends - begins).days + 1))
    return [day for day in days if not any(since <= day <= until for since, until in held)]


def confirm_until(stay: Placement, month: date, working: Calendar) -> date:
    """Return until when the host confirms a month: ATTENDANCE_WORKING_DAYS after it, or after the stay, is over."""
    return working.add_working_days(min(month_end(month), stay.ends_on), settings.ATTENDANCE_WORKING_DAYS)


def stay_days(stay: Placement, month: date) -> list[date]:
    """Return the days of ``month`` that belong to ``stay``."""
    return days_of(stay.starts_on, stay.ends_on, pauses_of(stay), month)


def usual_marks(days: Iterable[date], working: Calendar) -> dict[str, str]:
    """Return what days usually are: present on working days, off on the others."""
    return {str(day.day): (DayMark.PRESENT if working.is_working_day(day) else DayMark.REST).value for day in days}


def half_days(marks: Mapping[str, str]) -> int:
    """Return the attendance of marks in half days."""
    return sum(HALF_DAYS[DayMark(mark)] for mark in marks.values())


def grid(sheet: AttendanceSheet, working: Calendar | None = None) -> list[Day]:
    """Return every day of the sheet's month."""
    known = working or calendar()
    last = month_end(sheet.month)
    days = [sheet.month.replace(day=number) for number in range(1, last.day + 1)]
    return [Day(day, known.is_working_day(day), sheet.marks.get(str(day.day), "")) for day in days]


def weeks(days: list[Day]) -> list[list[Day | None]]:
    """Return the days of a month in weeks from Monday to Sunday."""
    places: list[Day | None] = [*([None] * days[0].on.weekday()), *days]
    places += [None] * (-len(places) % 7)
    return [places[at : at + 7] for at in range(0, len(places), 7)]


def present_sheets(stay: Placement) -> dict[date, AttendanceSheet]:
    """Return the sheet that counts for each month: the valid one, otherwise the draft."""
    found: dict[date, AttendanceSheet] = {}
    for sheet in sorted(stay.attendance_sheets.all(), key=lambda one: one.version):
        if sheet.state == SheetState.REPLACED:
            continue
        held = found.get(sheet.month)
        if held is None or sheet.state in VALID:
            found[sheet.month] = sheet
    return found


def due_months(stay: Placement, today: date) -> list[date]:
    """Return the months of a stay that are over (or in which the stay has ended) and have days of it."""
    if stay.state not in BEGUN:
        return []
    pauses = pauses_of(stay)
    over = [
        month
        for month in months_between(stay.starts_on, min(stay.ends_on, today))
        if month_end(month) < today or stay.ends_on < today
    ]
    return [month for month in over if days_of(stay.starts_on, stay.ends_on, pauses, month)]


def lacking_days(stay: Placement, sheet: AttendanceSheet) -> list[date]:
    """Return the days of the stay that a sheet says nothing of (the stay was extended after it was confirmed)."""
    return [day for day in stay_days(stay, sheet.month) if str(day.day) not in sheet.marks]
