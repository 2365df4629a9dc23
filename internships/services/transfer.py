"""A student goes on at another position: the stay ends here and another begins there."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import PlacementState, StayEventKind
from internships.models import Placement, Position
from internships.services.placement import enter
from internships.services.stay_course import close
from internships.services.stay_rows import STAYS, check_happened
from internships.services.telling import tell_host
from wenxi_portal.accounts.models import User
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError


@transaction.atomic
def transfer(
    *,
    placement: Placement,
    actor: User,
    position: Position,
    on: date,
    ends_on: date,
    reason: str,
    today: date | None = None,
) -> Placement:
    """End a running stay on ``on`` and plan the next one at ``position`` from the day after; return the new stay.

    The new stay takes a seat of its position (the database refuses the seat too many) and is made ready like every
    other: new agreement, and insurance for its own days. The seat of the first position stays taken, since the host
    had an intern in it. Raises ``DomainError`` when there is no free seat, or the days do not fit.
    """
    present = STAYS.locked(placement, PlacementState.ENDED_EARLY, reason=reason)
    check_happened(present, on, today or timezone.localdate())
    if position.pk == present.position_id:
        raise DomainError(_("Choose another position than the present one."), code="same", field="position")
    if ends_on <= on:
        raise DomainError(_("The new stay ends after the present one."), code="order", field="ends_on")
    close(present, on=on, kind=StayEventKind.TRANSFERRED, actor=actor, reason=reason)
    there = lock(position)
    if there.published_at is None:
        raise DomainError(_("This position was never published."), code="position", field="position")
    if there.seats_left < 1:
        raise DomainError(_("All seats of this position are taken."), code="full", field="position")
    new = Placement(
        transferred_from=present,
        student=present.student,
        position=there,
        host=there.host,
        lead_unit=there.lead_unit,
        starts_on=on + timedelta(days=1),
        ends_on=ends_on,
        officer=present.officer,
        is_demo=present.is_demo,
    )
    tell_host(present, "stay_over_host", about=str(present.pk))
    return enter(new, actor=actor, reason=reason)
