"""What the days of a stay ask of its sheets: no attendance outside them, drafts that follow them."""

from datetime import date

from django.utils.translation import gettext as _

from internships.enums import HALF_DAYS, DayMark, SheetState
from internships.models import AttendanceSheet, Placement
from internships.selectors.attendance import confirm_until, half_days, stay_days, usual_marks
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.wording import word_list
from wenxi_portal.reminders.working_days import calendar


def check_nothing_after(stay: Placement, day: date) -> None:
    """Refuse when a valid sheet has attendance on ``day`` or later: it is corrected first."""
    for sheet in stay.attendance_sheets.valid():
        for number, mark in sheet.marks.items():
            on = sheet.month.replace(day=int(number))
            if on >= day and HALF_DAYS[DayMark(mark)]:
                raise DomainError(
                    _("The confirmed sheet has attendance on %(day)s. Have it corrected first.")
                    % {"day": on.isoformat()},
                    code="attended",
                    field="on",
                )


def trim_drafts(stay: Placement) -> None:
    """Let the drafts of a stay follow its days: what no longer belongs goes, what is new comes as usual."""
    fresh = Placement.objects.get(pk=stay.pk)
    drafts = stay.attendance_sheets.filter(state=SheetState.DRAFT).select_for_update(no_key=True)
    for sheet in drafts.order_by("pk"):
        follow_days(fresh, sheet)


def follow_days(stay: Placement, sheet: AttendanceSheet) -> None:
    """Write a draft with exactly the days of the stay; a draft without any day is dropped."""
    days = stay_days(stay, sheet.month)
    if not days:
        sheet.delete()
        return
    known = calendar()
    marks = {key: sheet.marks.get(key, usual) for key, usual in usual_marks(days, known).items()}
    due_on = max(sheet.due_on or date.min, confirm_until(stay, sheet.month, known))
    if (marks, due_on) != (sheet.marks, sheet.due_on):
        sheet.marks, sheet.half_days, sheet.due_on = marks, half_days(marks), due_on
        sheet.revision += 1
        sheet.save(update_fields=["marks", "half_days", "due_on", "revision", "updated_at"])


def checked_marks(stay: Placement, sheet: AttendanceSheet, marks: dict[str, str]) -> dict[str, str]:
    """Return the draft's marks with ``marks`` written over them. Raises ``DomainError`` for days outside the stay."""
    days = {str(day.day) for day in stay_days(stay, sheet.month)}
    strange = sorted((key for key in marks if key not in days), key=lambda key: key.zfill(3))
    if strange:
        raise DomainError(
            _("These days do not belong to the stay: %(days)s.") % {"days": word_list(strange)}, code="outside"
        )
    if any(mark not in DayMark.values for mark in marks.values()):
        raise DomainError(_("A mark of this sheet is not known."), code="mark")
    merged = {key: mark for key, mark in sheet.marks.items() if key in days} | marks
    return {key: merged[key] for key in sorted(merged, key=int)}
