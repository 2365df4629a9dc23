"""What is said of a stay: weekly notes, the host's appraisal, the student's feedback."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.models import Appraisal, Feedback, Placement, WeeklyNote
from internships.models.placement import BEGUN, OVER
from internships.services.telling import tell_student
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError


@transaction.atomic
def write_note(*, placement: Placement, actor: User, week: date, text: str) -> WeeklyNote:
    """Write the note on the week of ``week``; writing again replaces it until the host has replied."""
    stay = lock(placement)
    monday = week - timedelta(days=week.weekday())
    if stay.state not in BEGUN or monday > timezone.localdate() or not _touches(stay, monday):
        raise DomainError(_("A note is about a week of the stay that has begun."), code="outside", field="week")
    if not text.strip():
        raise DomainError(_("Write something, or leave the week without a note."), code="text", field="text")
    note = stay.weekly_notes.filter(week=monday).first() or WeeklyNote(placement=stay, week=monday)
    if note.reply and note.text != text.strip():
        raise DomainError(_("The host has replied already: write the rest into the next week."), code="replied")
    note.text = text.strip()
    note.full_clean()
    note.save()
    record(actor=actor, verb=Verb.CHANGED, subject=note)
    return note


@transaction.atomic
def reply_to_note(*, note: WeeklyNote, actor: User, reply: str) -> WeeklyNote:
    """Reply as the host."""
    present = lock(note)
    present.reply, present.replied_by = reply.strip()[:1000], actor if reply.strip() else None
    present.full_clean()
    present.save()
    if present.reply:
        tell_student(present.placement, "note_replied", about=f"{present.pk}:{len(present.reply)}")
    return present


@transaction.atomic
def appraise(*, placement: Placement, actor: User, values: Mapping[str, Any], give: bool) -> Appraisal:
    """Write the appraisal; ``give`` closes it and shows it to the student. A given one is not rewritten."""
    stay = lock(placement)
    appraisal = Appraisal.objects.filter(placement=stay).first() or Appraisal(placement=stay)
    if appraisal.given_at:
        if all(getattr(appraisal, name) == value for name, value in values.items()):
            return appraisal
        raise DomainError(_("The appraisal is given: it can no longer be changed."), code="given")
    if give and not can_appraise(stay):
        raise DomainError(_("An appraisal is given when the stay ends."), code="early")
    for name, value in values.items():
        setattr(appraisal, name, value)
    appraisal.given_by, appraisal.given_at = actor, timezone.now() if give else None
    appraisal.full_clean()
    appraisal.save()
    record(actor=actor, verb=Verb.CHANGED, subject=appraisal, given=give)
    if give:
        tell_student(stay, "appraisal_given", about=str(appraisal.pk))
    return appraisal


def can_appraise(stay: Placement) -> bool:
    """Tell whether the stay is over, or its last day has come."""
    return stay.state in OVER or (stay.state in BEGUN and stay.ends_on <= timezone.localdate())


@transaction.atomic
def give_feedback(*, placement: Placement, actor: User, values: Mapping[str, Any]) -> Feedback:
    """Keep what the student says of the stay; until the certificate is issued it may be said anew."""
    stay = lock(placement)
    if stay.state not in BEGUN:
        raise DomainError(_("Feedback is about a stay that has begun."), code="transition")
    feedback = Feedback.objects.filter(placement=stay).first() or Feedback(placement=stay)
    if feedback.pk and stay.certificates.exists():
        raise DomainError(_("Thank you: your feedback is on file already."), code="given")
    for name, value in values.items():
        setattr(feedback, name, value)
    feedback.full_clean()
    feedback.save()
    record(actor=actor, verb=Verb.CHANGED, subject=feedback)
    return feedback


def _touches(stay: Placement, monday: date) -> bool:
    return monday <= stay.ends_on and monday + timedelta(days=6) >= stay.starts_on
