"""A host's own positions with what waits in them."""

from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from internships.enums import ApplicationState, PositionState
from internships.models import Application, Position, PositionStateChange
from internships.selectors.waiting import SILENT_SOON, silent_on
from wenxi_portal.core.subqueries import number_of


def own_positions(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Position]:
    """Return the positions of the hosts ``user`` acts for, newest first, with ``is_open`` and ``to_answer``.

    ``to_answer`` counts the applications the host has to decide on; ``last_reason`` is why the position last moved.
    """
    waiting = Application.objects.filter(position=OuterRef("pk"), state=ApplicationState.SUBMITTED)
    last = PositionStateChange.objects.filter(position=OuterRef("pk")).order_by("-at", "-pk")
    return (
        Position.objects.of_hosts(user)
        .with_openness()
        .select_related("host", "lead_unit")
        .defer("search_vector", "host__search_vector", "lead_unit__search_vector")
        .annotate(
            to_answer=number_of(waiting), last_reason=last.values("reason")[:1], came_from=last.values("from_state")[:1]
        )
        .order_by("-pk")
    )


def own_position(user: AbstractBaseUser | AnonymousUser, pk: int) -> Position | None:
    """Return one of them with its changes of state, or None."""
    return own_positions(user).filter(pk=pk).prefetch_related("state_changes").first()


def is_asked(position: Position) -> bool:
    """Tell whether it is time to confirm."""
    last = silent_on(position) if position.state == PositionState.PUBLISHED else None
    return last is not None and last <= timezone.localdate() + timedelta(days=SILENT_SOON)
