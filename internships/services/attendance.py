"""The host's monthly sheet: opened with what days usually are, confirmed, corrected by a new version, locked."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import SHEET_TRANSITIONS, SheetState
from internships.models import AttendanceSheet, AttendanceStateChange, Placement
from internships.models.placement import BEGUN
from internships.selectors.attendance import (
    confirm_until,
    due_months,
    first_of,
    lacking_days,
    month_end,
    stay_days,
    usual_marks,
)
from internships.services.attendance_days import checked_marks
from internships.services.moves import Mover
from internships.services.telling import tell_student
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.reminders.working_days import calendar

SHEETS: Mover[AttendanceSheet] = Mover(SHEET_TRANSITIONS, AttendanceStateChange, "sheet")


@transaction.atomic
def open_sheet(*, placement: Placement, month: date) -> AttendanceSheet:
    """Return the draft of a month (its first day), made with what the days usually are when there is none.

    Returns the valid sheet where the month is confirmed already. Raises ``DomainError`` for a stay that has not begun
    and for a month without a day of it.
    """
    stay = lock(placement)
    sheets = stay.attendance_sheets.filter(month=first_of(month)).exclude(state=SheetState.REPLACED)
    drafts = sheets.filter(state=SheetState.DRAFT)
    found = drafts.first() or sheets.first()
    if found is not None:
        return found
    days = stay_days(stay, first_of(month)) if stay.state in BEGUN else []
    if not days:
        raise DomainError(_("The stay has no days in this month."), code="outside")
    known = calendar()
    sheet = AttendanceSheet(
        placement=stay,
        month=first_of(month),
        marks=usual_marks(days, known),
        due_on=confirm_until(stay, first_of(month), known),
    )
    sheet.full_clean()
    sheet.save()
    return sheet


@transaction.atomic
def save_sheet(
    *,
    sheet: AttendanceSheet,
    actor: User,
    marks: dict[str, str],
    note: str = "",
    expected_revision: int | None = None,
) -> AttendanceSheet:
    """Write days of a draft (day of the month → mark); days that are not named stay as they are.

    Raises ``DomainError`` for days outside the stay, for a sheet that is no draft, and when somebody else saved it
    meanwhile.
    """
    present = _draft(sheet, expected_revision)
    present.marks = checked_marks(present.placement, present, marks)
    present.note, present.revision = note.strip()[:300], present.revision + 1
    present.full_clean()
    present.save(update_fields=["marks", "half_days", "note", "revision", "updated_at"])
    record(actor=actor, verb=Verb.CHANGED, subject=present, month=present.month.isoformat())
    return present


@transaction.atomic
def confirm_sheet(*, sheet: AttendanceSheet, actor: User, today: date | None = None) -> AttendanceSheet:
    """Confirm a draft once its month, or the stay, is over. An earlier version is replaced in the same moment.

    Of two who confirm at once the second is told that it is confirmed.
    """
    clock = today or timezone.localdate()
    stay = lock(sheet.placement)
    present = SHEETS.locked(sheet, SheetState.CONFIRMED)
    if present.state != SheetState.DRAFT:
        raise DomainError(_("This sheet is confirmed already."), code="transition")
    if clock <= month_end(present.month) and clock <= stay.ends_on:
        raise DomainError(_("The month is not over yet. Confirm it on its last day or later."), code="early")
    if lacking_days(stay, present):
        raise DomainError(_("Days of the stay are missing on this sheet. Open it and save it once more."), code="days")
    checked_marks(stay, present, {})
    for older in stay.attendance_sheets.valid().filter(month=present.month):
        held = SHEETS.locked(older, SheetState.REPLACED)
        SHEETS.write(
            held, SheetState.REPLACED, actor=actor, reason=present.correction_reason or _("Corrected"), fields=()
        )
    present.confirmed_by, present.confirmed_at = actor, timezone.now()
    SHEETS.write(
        present,
        SheetState.CONFIRMED,
        actor=actor,
        reason=_("Confirmed: %(days)s days") % {"days": present.days_present},
        fields=("confirmed_by", "confirmed_at"),
    )
    tell_student(stay, "attendance_confirmed", about=str(present.pk), month=f"{present.month:%Y-%m}")
    return present


@transaction.atomic
def correct_sheet(*, sheet: AttendanceSheet, actor: User, reason: str) -> AttendanceSheet:
    """Begin a new version of a confirmed or claimed sheet; the old one counts until the new one is confirmed.

    A correction that is under way already is returned.
    """
    stay = lock(sheet.placement)
    present = lock(sheet)
    draft = stay.attendance_sheets.filter(month=present.month, state=SheetState.DRAFT).first()
    if draft is not None:
        return draft
    SHEET_TRANSITIONS.check(present.state, SheetState.REPLACED)
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    usual = usual_marks(stay_days(stay, present.month), calendar())
    version = max(stay.attendance_sheets.filter(month=present.month).values_list("version", flat=True)) + 1
    new = AttendanceSheet(
        placement=stay,
        month=present.month,
        version=version,
        marks={key: present.marks.get(key, mark) for key, mark in usual.items()},
        note=present.note,
        due_on=calendar().add_working_days(timezone.localdate(), settings.ATTENDANCE_WORKING_DAYS),
        correction_reason=reason.strip()[:300],
    )
    new.full_clean()
    new.save()
    record(actor=actor, verb=Verb.CREATED, subject=new, reason=reason, version=version)
    return new


@transaction.atomic
def drop_correction(*, sheet: AttendanceSheet, actor: User) -> None:
    """Drop a correction that was begun by mistake: the confirmed version goes on counting."""
    present = _draft(sheet, None)
    if present.version == 1:
        raise DomainError(_("The first sheet of a month is filled in, not dropped."), code="first")
    record(actor=actor, verb=Verb.CHANGED, subject=present, correction="dropped")
    present.delete()


@transaction.atomic
def lock_sheet(*, sheet: AttendanceSheet, actor: User | None) -> AttendanceSheet:
    """Lock a confirmed sheet because a claim counts its days. Locking twice changes nothing.

    Raises ``DomainError`` for a draft and while an objection is open.
    """
    present = lock(sheet)
    if present.state == SheetState.LOCKED:
        return present
    if present.state == SheetState.OBJECTED:
        raise DomainError(_("The student objects to this sheet: answer the objection first."), code="objection")
    present = SHEETS.locked(present, SheetState.LOCKED)
    SHEETS.write(present, SheetState.LOCKED, actor=actor, reason=_("Counted in a claim"), fields=())
    return present


def open_due_sheets(today: date | None = None) -> int:
    """Open the sheets of months that are over, so that hosts find them and are reminded; return how many."""
    clock = today or timezone.localdate()
    opened = 0
    stays = Placement.objects.filter(state__in=BEGUN, starts_on__lte=clock).order_by("pk")
    for stay in stays.prefetch_related("stay_events", "attendance_sheets"):
        known = {sheet.month for sheet in stay.attendance_sheets.all()}
        for month in due_months(stay, clock):
            if month not in known:
                open_sheet(placement=stay, month=month)
                opened += 1
    return opened


def _draft(sheet: AttendanceSheet, expected_revision: int | None) -> AttendanceSheet:
    present = lock(sheet)
    if present.state != SheetState.DRAFT:
        raise DomainError(_("This sheet is confirmed already."), code="transition")
    if expected_revision is not None and present.revision != expected_revision:
        raise DomainError(
            _("Somebody else changed this record while you were editing. Reload it, then enter your changes again."),
            code="stale",
        )
    return present
