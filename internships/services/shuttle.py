"""The only writer of shuttles and their seats."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import STAYS_TO_COME
from internships.models import Placement, ShuttleRun, ShuttleSeat
from internships.selectors.shuttle import drives_around
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.notifications.services.outbox import tell


@transaction.atomic
def save_shuttle(*, run: ShuttleRun, actor: User) -> ShuttleRun:
    """Check and write a shuttle; who has a seat is told of another time or place.

    Raises ``DomainError`` when it would have fewer seats than are taken, and when it was called off or has left.
    """
    present = lock(run) if run.pk else None
    if present is not None:
        if present.is_cancelled or present.leaves_at <= timezone.now():
            raise DomainError(_("This shuttle was called off or has left: it is no longer changed."), code="gone")
        highest = run.taken_seats.order_by("-number").values_list("number", flat=True).first() or 0
        if run.seats < highest:
            raise DomainError(
                _("Seat %(number)d is taken: free it first.") % {"number": highest}, code="taken", field="seats"
            )
        run.is_cancelled = False
    run.full_clean()
    run.save()
    record(actor=actor, verb=Verb.CHANGED if present else Verb.CREATED, subject=run)
    if present is not None and _way(present) != _way(run):
        _tell_passengers(run, "shuttle_changed", f"{run.pk}:{run.updated_at.timestamp():.0f}", title=run.name)
    return run


@transaction.atomic
def take_seat(*, run: ShuttleRun, placement: Placement, actor: User) -> ShuttleSeat:
    """Give the lowest free seat to a student; who has one keeps it.

    The shuttle is locked, so that the last seat goes once. Raises ``DomainError`` when it is full, called off or gone.
    """
    present = lock(run)
    own = present.taken_seats.filter(placement=placement).first()
    if own is not None:
        return own
    if present.is_cancelled or present.leaves_at <= timezone.now():
        raise DomainError(_("This shuttle no longer takes anybody."), code="gone")
    if placement.state not in STAYS_TO_COME or not drives_around(present, placement):
        raise DomainError(_("This shuttle does not drive around the days of the stay."), code="outside")
    taken = set(present.taken_seats.values_list("number", flat=True))
    number = next((seat for seat in range(1, present.seats + 1) if seat not in taken), None)
    if number is None:
        raise DomainError(_("Every seat of this shuttle is taken."), code="full")
    try:
        with transaction.atomic():
            seat = ShuttleSeat.objects.create(run=present, placement=placement, number=number)
    except IntegrityError as error:
        raise DomainError(_("The seat was taken at this very moment. Try again."), code="taken") from error
    record(actor=actor, verb=Verb.CREATED, subject=seat)
    return seat


@transaction.atomic
def free_seat(*, seat: ShuttleSeat, actor: User) -> None:
    """Give a seat back before the shuttle leaves; giving it back twice is once."""
    run = lock(seat.run)
    if run.leaves_at <= timezone.now():
        raise DomainError(_("This shuttle has left."), code="gone")
    freed, _rows = ShuttleSeat.objects.filter(pk=seat.pk).delete()
    if freed:
        record(actor=actor, verb=Verb.CHANGED, subject=run, freed=seat.number)


@transaction.atomic
def call_off(*, run: ShuttleRun, actor: User, reason: str) -> ShuttleRun:
    """Call a shuttle off and tell those who have seats. Doing it twice tells nobody twice."""
    present = lock(run)
    if present.is_cancelled:
        return present
    if not reason.strip():
        raise DomainError(_("Say why: those who wait are told."), code="reason", field="reason")
    present.is_cancelled = True
    present.save(update_fields=["is_cancelled", "updated_at"])
    record(actor=actor, verb=Verb.MOVED, subject=present, reason=reason)
    words = {"title": present.name, "reason": reason.strip()[:200]}
    _tell_passengers(present, "shuttle_called_off", str(present.pk), **words)
    return present


def _way(run: ShuttleRun) -> tuple[Any, ...]:
    return run.leaves_at, run.from_place, run.to_place


def _tell_passengers(run: ShuttleRun, kind: str, about: str, **params: str) -> None:
    seats = run.taken_seats.select_related("placement__student__user")
    for seat in seats.filter(placement__student__user__is_active=True):
        there = params | {"stay": str(seat.placement_id)}
        tell(recipient=seat.placement.student.user, kind=kind, about=about, params=there)
