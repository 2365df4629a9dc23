"""A student objects to a confirmed sheet; the host or the lead unit answers."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import OBJECTION_TRANSITIONS, ObjectionState, SheetState
from internships.models import AttendanceObjection, AttendanceSheet
from internships.services.attendance import SHEETS, correct_sheet
from internships.services.telling import tell_host, tell_student
from wenxi_portal.accounts.models import User
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.reminders.working_days import add_working_days


def object_until(sheet: AttendanceSheet) -> date:
    """Return the last day on which the student may object (OBJECTION_WORKING_DAYS after the confirmation)."""
    confirmed = timezone.localdate(sheet.confirmed_at)
    return add_working_days(confirmed, settings.OBJECTION_WORKING_DAYS)


@transaction.atomic
def raise_objection(
    *, sheet: AttendanceSheet, actor: User, text: str, today: date | None = None
) -> AttendanceObjection:
    """Say what is wrong with a confirmed sheet. The same words sent twice are one objection."""
    present = lock(sheet)
    words = text.strip()[:500]
    waiting = present.objections.filter(state=ObjectionState.WAITING).first()
    if waiting is not None and waiting.text == words:
        return waiting
    if present.state == SheetState.LOCKED:
        raise DomainError(_("This month has been claimed already. Write to the office instead."), code="locked")
    if waiting is not None:
        raise DomainError(_("Your objection is being looked at already."), code="waiting")
    present = SHEETS.locked(present, SheetState.OBJECTED)
    if not words:
        raise DomainError(_("Write which day is wrong, and what it was."), code="text", field="text")
    if (today or timezone.localdate()) > object_until(present):
        raise DomainError(_("The time for objections is over. Write to the office instead."), code="late")
    objection = AttendanceObjection.objects.create(sheet=present, text=words)
    SHEETS.write(present, SheetState.OBJECTED, actor=actor, reason=_("The student objects"), fields=())
    tell_host(
        present.placement, "objection_raised", about=str(objection.pk), sheet=present.pk, month=f"{present.month:%Y-%m}"
    )
    return objection


@transaction.atomic
def answer_objection(*, objection: AttendanceObjection, actor: User, answer: str, upheld: bool) -> AttendanceSheet:
    """Answer an objection; return the sheet to go on with: the correction when it is upheld, otherwise the sheet.

    An upheld objection keeps the sheet from being claimed until the correction is confirmed.
    """
    lock(objection.sheet.placement)
    sheet = lock(objection.sheet)
    present = lock(objection)
    to_state = ObjectionState.UPHELD if upheld else ObjectionState.REJECTED
    OBJECTION_TRANSITIONS.check(present.state, to_state)
    if not answer.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="answer")
    present.state, present.answer = to_state, answer.strip()[:500]
    present.answered_by, present.answered_at = actor, timezone.now()
    present.save()
    tell_student(
        sheet.placement, "objection_answered", about=str(present.pk), sheet=sheet.pk, month=f"{sheet.month:%Y-%m}"
    )
    if upheld:
        return correct_sheet(
            sheet=sheet, actor=actor, reason=_("Objection of the student: %(answer)s") % {"answer": answer}
        )
    held = SHEETS.locked(sheet, SheetState.CONFIRMED)
    SHEETS.write(held, SheetState.CONFIRMED, actor=actor, reason=answer, fields=())
    return held
