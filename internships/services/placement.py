"""From an accepted application to a planned stay, and back when it falls through."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import PlacementState, StayEventKind
from internships.models import Application, Placement
from internships.services.application import mark_placed, release
from internships.services.readiness import recheck
from internships.services.stay_officers import check_officer
from internships.services.stay_rows import STAYS, leave_event, write_days
from internships.services.telling import tell_host, tell_student
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

IN_PREPARATION = (PlacementState.PLANNED, PlacementState.READY)


@transaction.atomic
def place(
    *,
    application: Application,
    actor: User | None,
    starts_on: date,
    ends_on: date,
    mentor: str = "",
    officer: User | None = None,
    today: date | None = None,
) -> Placement:
    """Plan the stay of an accepted application, both days included; ``today`` moves the clock for demo records.

    Raises ``DomainError`` for days in the past and for an application that is not (or no longer) accepted,
    ``ValidationError`` when the student is in another place then.
    """
    check_days(starts_on, ends_on, today or timezone.localdate())
    position = application.position
    if officer:
        check_officer(officer, position.lead_unit_id)
    mark_placed(application, actor)
    stay = Placement(
        application=application,
        student=application.student,
        position=position,
        host=position.host,
        lead_unit=position.lead_unit,
        starts_on=starts_on,
        ends_on=ends_on,
        mentor=mentor.strip(),
        officer=officer,
        is_demo=application.is_demo,
    )
    return enter(stay, actor=actor, reason=_("Planned from the accepted application"))


def enter(stay: Placement, *, actor: User | None, reason: str) -> Placement:
    """Write a new planned stay, in the caller's transaction, and tell student and host."""
    stay.full_clean()
    try:
        with transaction.atomic():
            stay.save()
    except IntegrityError as error:
        raise _clash(error) from None
    STAYS.entered(stay, actor=actor, reason=reason)
    record(actor=actor, verb=Verb.CREATED, subject=stay)
    tell_student(stay, "stay_planned", about=str(stay.pk), day=stay.starts_on.isoformat())
    tell_host(stay, "stay_planned_host", about=str(stay.pk), day=stay.starts_on.isoformat())
    return stay


@transaction.atomic
def move_days(
    *, placement: Placement, actor: User, starts_on: date, ends_on: date, reason: str, today: date | None = None
) -> Placement:
    """Move the days of a stay that has not begun. What hangs on them is looked at again: it may not be ready any more.

    The same days again change nothing.
    """
    present = lock(placement)
    if present.state not in IN_PREPARATION:
        raise DomainError(_("The stay has begun: extend it or end it early instead."), code="transition")
    if (present.starts_on, present.ends_on) == (starts_on, ends_on):
        return present
    check_days(starts_on, ends_on, today or timezone.localdate())
    _check_reason(reason)
    before, present.starts_on, present.ends_on = present.ends_on, starts_on, ends_on
    write_days(present)
    leave_event(present, StayEventKind.MOVED, on=starts_on, actor=actor, reason=reason, before=before)
    record(actor=actor, verb=Verb.CHANGED, subject=present, reason=reason, days="moved")
    recheck(present, actor=actor)
    about = f"{present.pk}:{present.revision}"
    tell_student(present, "stay_days", about=about, day=starts_on.isoformat(), until=ends_on.isoformat())
    tell_host(present, "stay_days", about=about, day=starts_on.isoformat(), until=ends_on.isoformat())
    return lock(present)


@transaction.atomic
def cancel(*, placement: Placement, actor: User, reason: str, today: date | None = None) -> Placement:
    """Give a stay up before it begins: the seat is free again, and the application is withdrawn."""
    present = STAYS.locked(placement, PlacementState.CANCELLED, reason=reason)
    STAYS.write(present, PlacementState.CANCELLED, actor=actor, reason=reason, fields=())
    leave_event(present, StayEventKind.CANCELLED, on=today or timezone.localdate(), actor=actor, reason=reason)
    if present.application:
        release(application=present.application, actor=actor, reason=reason)
    tell_student(present, "stay_cancelled", about=str(present.pk))
    tell_host(present, "stay_cancelled", about=str(present.pk))
    return present


@transaction.atomic
def assign(*, placement: Placement, actor: User, mentor: str, officer: User | None) -> Placement:
    """Name the mentor at the host and the officer in charge.

    Raises ``DomainError`` for an officer who may not have stays of the lead unit.
    """
    if officer and officer.pk != placement.officer_id:
        check_officer(officer, placement.lead_unit_id)
    present = lock(placement)
    present.mentor, present.officer, present.revision = mentor.strip(), officer, present.revision + 1
    present.full_clean()
    present.save(update_fields=["mentor", "officer", "revision", "updated_at"])
    record(actor=actor, verb=Verb.CHANGED, subject=present, fields=["mentor", "officer"])
    return present


def check_days(starts_on: date, ends_on: date, today: date) -> None:
    """Refuse a stay whose first day has passed, or whose last day lies before the first."""
    if ends_on < starts_on:
        raise DomainError(_("The last day lies before the first day."), code="order", field="ends_on")
    if starts_on < today:
        raise DomainError(_("The first day has passed. Choose today or a later day."), code="past", field="starts_on")


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")


def _clash(error: IntegrityError) -> DomainError:
    """Return what a constraint of the database means to the person who asked."""
    if "last_seat_once" in str(error):
        return DomainError(_("All seats of this position are taken."), code="full", field="position")
    return DomainError(_("The student has another stay in that time. Nobody is in two places at once."), code="overlap")
