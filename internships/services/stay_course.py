"""The course of a stay: started, interrupted, resumed, extended, ended early, completed. Each leaves a dated event."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import Outcome, PlacementState, StayEventKind
from internships.models import Placement
from internships.models.placement import OVER
from internships.services.attendance_days import check_nothing_after, trim_drafts
from internships.services.readiness import check_nothing_missing, recheck
from internships.services.stay_rows import STAYS, check_happened, leave_event, write_days
from internships.services.telling import tell_host, tell_student
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.organisations.models import Organisation

EXTENDABLE = (PlacementState.READY, PlacementState.ON_POST, PlacementState.INTERRUPTED)


@transaction.atomic
def start(*, placement: Placement, actor: User | None, on: date | None = None, today: date | None = None) -> Placement:
    """Let a ready stay begin on ``on`` (today when not given): from then on the student is on post.

    Who came later than planned has this day as the first one. Raises ``DomainError`` before the first day, for a day
    that has not come, and when something is missing after all.
    """
    clock = today or timezone.localdate()
    present = STAYS.locked(placement, PlacementState.ON_POST)
    if present.state != PlacementState.READY:
        raise DomainError(_("An interrupted stay is resumed, not started again."), code="transition")
    day = on or clock
    if day < present.starts_on:
        raise DomainError(
            _("The stay begins later. Move its days first if the student starts earlier."), code="early", field="on"
        )
    check_happened(present, day, clock)
    check_nothing_missing(present)
    present.starts_on = day
    STAYS.write(present, PlacementState.ON_POST, actor=actor, reason=_("Started"), fields=("starts_on",))
    leave_event(present, StayEventKind.STARTED, on=day, actor=actor)
    tell_student(present, "stay_started", about=str(present.pk))
    return present


@transaction.atomic
def interrupt(*, placement: Placement, actor: User, on: date, reason: str, today: date | None = None) -> Placement:
    """Interrupt a stay: ``on`` is the first day without attendance."""
    present = STAYS.locked(placement, PlacementState.INTERRUPTED, reason=reason)
    check_happened(present, on, today or timezone.localdate())
    check_nothing_after(present, on)
    STAYS.write(present, PlacementState.INTERRUPTED, actor=actor, reason=reason, fields=())
    leave_event(present, StayEventKind.INTERRUPTED, on=on, actor=actor, reason=reason)
    trim_drafts(present)
    tell_host(present, "stay_course", about=f"{present.pk}:{present.revision}", state=present.state)
    return present


@transaction.atomic
def resume(*, placement: Placement, actor: User, on: date, today: date | None = None) -> Placement:
    """Go on after an interruption: ``on`` is the first day back."""
    present = STAYS.locked(placement, PlacementState.ON_POST)
    if present.state != PlacementState.INTERRUPTED:
        raise DomainError(_("This stay is not interrupted."), code="transition")
    check_happened(present, on, today or timezone.localdate())
    STAYS.write(present, PlacementState.ON_POST, actor=actor, reason=_("Resumed"), fields=())
    leave_event(present, StayEventKind.RESUMED, on=on, actor=actor)
    trim_drafts(present)
    tell_host(present, "stay_course", about=f"{present.pk}:{present.revision}", state=present.state)
    return present


@transaction.atomic
def extend(*, placement: Placement, actor: User, ends_on: date, reason: str, today: date | None = None) -> Placement:
    """Give a stay a later last day. Insurance and agreement are looked at again; what they lack is shown.

    A stay that has not begun goes back into preparation when the new days are not covered. The same day again
    changes nothing.
    """
    present = lock(placement)
    if present.state not in EXTENDABLE:
        raise DomainError(_("Only a stay that is ready or under way is extended."), code="transition")
    if ends_on == present.ends_on:
        return present
    if ends_on < present.ends_on:
        raise DomainError(
            _("The new last day lies before the present one: end it early."), code="order", field="ends_on"
        )
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    before, present.ends_on = present.ends_on, ends_on
    write_days(present)
    clock = today or timezone.localdate()
    leave_event(present, StayEventKind.EXTENDED, on=clock, actor=actor, reason=reason, before=before)
    record(actor=actor, verb=Verb.CHANGED, subject=present, reason=reason, days="extended")
    recheck(present, actor=actor)
    trim_drafts(present)
    about = f"{present.pk}:{present.revision}"
    tell_student(present, "stay_days", about=about, day=present.starts_on.isoformat(), until=ends_on.isoformat())
    tell_host(present, "stay_days", about=about, day=present.starts_on.isoformat(), until=ends_on.isoformat())
    return lock(present)


@transaction.atomic
def end_early(
    *, placement: Placement, actor: User | None, on: date, reason: str, today: date | None = None
) -> Placement:
    """End a stay before its last day: ``on`` is the last day that counts.

    Attendance that a valid sheet has after that day is corrected first.
    """
    present = STAYS.locked(placement, PlacementState.ENDED_EARLY, reason=reason)
    check_happened(present, on, today or timezone.localdate())
    close(present, on=on, kind=StayEventKind.ENDED_EARLY, actor=actor, reason=reason)
    tell_student(present, "stay_over", about=str(present.pk))
    tell_host(present, "stay_over_host", about=str(present.pk))
    return present


def close(stay: Placement, *, on: date, kind: StayEventKind, actor: User | None, reason: str) -> None:
    """Write the early end of a locked stay, in the caller's transaction."""
    check_nothing_after(stay, on + (date.resolution))
    before, stay.ends_on = stay.ends_on, on
    STAYS.write(stay, PlacementState.ENDED_EARLY, actor=actor, reason=reason, fields=("ends_on",))
    leave_event(stay, kind, on=on, actor=actor, reason=reason, before=before)
    trim_drafts(stay)


@transaction.atomic
def complete(*, placement: Placement, actor: User | None, today: date | None = None) -> Placement:
    """Complete a stay on or after its last day. An officer does it: the clock only proposes."""
    clock = today or timezone.localdate()
    present = STAYS.locked(placement, PlacementState.COMPLETED)
    if clock < present.ends_on:
        raise DomainError(_("The last day has not come yet: end the stay early instead."), code="early")
    STAYS.write(present, PlacementState.COMPLETED, actor=actor, reason=_("The last day has passed"), fields=())
    leave_event(present, StayEventKind.COMPLETED, on=present.ends_on, actor=actor)
    tell_student(present, "stay_over", about=str(present.pk))
    tell_host(present, "stay_over_host", about=str(present.pk))
    return present


@transaction.atomic
def record_outcome(
    *,
    placement: Placement,
    actor: User,
    outcome: Outcome,
    employer: Organisation | None = None,
    contract_on: date | None = None,
) -> Placement:
    """Write down what followed on a stay. A correction writes over it; the history keeps what stood there."""
    present = lock(placement)
    if present.state not in OVER:
        raise DomainError(_("What followed is entered when the stay is over."), code="transition")
    hired = outcome in {Outcome.HIRED, Outcome.HIRED_ELSEWHERE}
    if outcome == Outcome.HIRED and employer is None:
        employer = present.host
    if hired and contract_on is None:
        raise DomainError(_("Give the date of the employment contract."), code="contract", field="contract_on")
    if hired and contract_on and contract_on > timezone.localdate():
        raise DomainError(_("This day has not come yet: enter what has happened."), code="future", field="contract_on")
    present.outcome = outcome
    present.employer, present.contract_on = (employer, contract_on) if hired else (None, None)
    present.revision += 1
    present.full_clean()
    present.save(update_fields=["outcome", "employer", "contract_on", "revision", "updated_at"])
    record(actor=actor, verb=Verb.CHANGED, subject=present, outcome=str(outcome))
    return present
