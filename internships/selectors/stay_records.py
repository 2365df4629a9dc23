"""What was written during a stay, as host and student look it up: sheets, objections, notes, appraisal, feedback."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from internships.enums import SheetState
from internships.models import Appraisal, AttendanceObjection, AttendanceSheet, Feedback, Placement, WeeklyNote
from wenxi_portal.accounts.models import User

# A draft is the host's alone.
SHOWN_TO_STUDENT = (SheetState.CONFIRMED, SheetState.OBJECTED, SheetState.LOCKED, SheetState.REPLACED)


def stays_of_host(user: User) -> QuerySet[Placement]:
    """Return the stays at the hosts ``user`` acts for."""
    found: QuerySet[Placement] = Placement.objects.of_hosts(user)
    return found


def chosen_of_host(user: User, keys: Sequence[str]) -> QuerySet[Placement]:
    """Return the stays among ``keys`` at these hosts, with their students."""
    return stays_of_host(user).filter(pk__in=keys).select_related("student", "host").order_by("pk")


def sheets_of_host(user: User) -> QuerySet[AttendanceSheet]:
    """Return the sheets of these stays."""
    found: QuerySet[AttendanceSheet] = AttendanceSheet.objects.filter(placement__in=stays_of_host(user))
    return found.select_related("placement__student", "placement__host", "placement__position")


def sheets_of_month(user: User, month: date) -> QuerySet[AttendanceSheet]:
    """Return the present sheets of a month at these hosts, by student."""
    present = sheets_of_host(user).filter(month=month).exclude(state=SheetState.REPLACED)
    return present.order_by("placement__student__name", "pk")


def sheet_of_month(stay: Placement, month: date) -> AttendanceSheet | None:
    """Return the newest sheet of a month that was not replaced."""
    present = stay.attendance_sheets.filter(month=month).exclude(state=SheetState.REPLACED)
    found: AttendanceSheet | None = present.order_by("version").last()
    return found


def sheets_of_student(user: User) -> QuerySet[AttendanceSheet]:
    """Return the sheets that the student may see."""
    found: QuerySet[AttendanceSheet] = AttendanceSheet.objects.filter(
        placement__student__user=user, state__in=SHOWN_TO_STUDENT
    )
    return found.select_related("placement__host")


def objections_of_host(user: User) -> QuerySet[AttendanceObjection]:
    """Return the objections to these sheets."""
    found: QuerySet[AttendanceObjection] = AttendanceObjection.objects.filter(sheet__placement__in=stays_of_host(user))
    return found.select_related("sheet__placement__student")


def notes_of_host(user: User) -> QuerySet[WeeklyNote]:
    """Return the weekly notes of the stays at these hosts."""
    found: QuerySet[WeeklyNote] = WeeklyNote.objects.filter(placement__in=stays_of_host(user))
    return found.select_related("placement__student")


def appraisal_of(stay: Placement) -> Appraisal | None:
    """Return the appraisal, begun or given."""
    found: Appraisal | None = Appraisal.objects.filter(placement=stay).first()
    return found


def feedback_of(stay: Placement) -> Feedback | None:
    """Return what the student said of the stay."""
    found: Feedback | None = Feedback.objects.filter(placement=stay).first()
    return found
