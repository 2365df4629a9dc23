"""The waiting list: who is next moves up by itself, and never are more seats promised than there are."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import ApplicationState, ClosingCause, PositionState
from internships.models import Application, Position
from internships.selectors.eligibility import has_stay_between
from internships.services.application_moves import MOVER, move
from wenxi_portal.core.editing import lock

# A position that was closed because nobody may apply any more still offers its seats to those who applied in time.
STILL_OFFERS = (ClosingCause.DATE, ClosingCause.SEATS)


def free_seats(position: Position) -> int:
    """Return how many seats are neither taken nor kept free by an open offer. ``position`` is locked by the caller."""
    taken = Position.objects.values_list("seats_taken", flat=True).get(pk=position.pk)
    return position.seats - taken - position.applications.offers().count()


def offer_deadline() -> datetime:
    """Return when an offer made now lapses (OFFER_DAYS calendar days)."""
    return timezone.now() + timedelta(days=settings.OFFER_DAYS)


@transaction.atomic
def move_up(*, position: Position) -> list[Application]:
    """Offer every free seat to the next on the waiting list; return who moved up. Safe to call at any time.

    Passed over, and left on the list, is whoever cannot come: an account that is closed, another stay in that time.
    """
    present: Position = lock(position)
    if not _still_offers(present):
        return []
    moved: list[Application] = []
    free = free_seats(present)
    for waiting in present.applications.waiting_list().select_related("student__user"):
        if free <= 0:
            break
        if not waiting.student.user.is_active or has_stay_between(waiting.student, present):
            continue
        locked = MOVER.locked(waiting, ApplicationState.OFFERED)
        reason = _("Moved up from the waiting list")
        moved.append(move(locked, ApplicationState.OFFERED, actor=None, reason=reason, offer_until=offer_deadline()))
        free -= 1
    return moved


def next_rank(position: Position) -> int:
    """Return the rank behind everybody who waits. ``position`` is locked by the caller."""
    last = position.applications.waiting_list().order_by("-wait_rank").values_list("wait_rank", flat=True).first()
    return (last or 0) + 1


def _still_offers(position: Position) -> bool:
    if position.ends_on < timezone.localdate():
        return False
    return position.state == PositionState.PUBLISHED or position.closing_cause in STILL_OFFERS
