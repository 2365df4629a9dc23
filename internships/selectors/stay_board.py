"""How many stays are where, by host or by university."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from internships.enums import PlacementState
from internships.models import Application, Placement
from wenxi_portal.accounts.models import User

COLUMNS = (
    PlacementState.PLANNED,
    PlacementState.READY,
    PlacementState.ON_POST,
    PlacementState.INTERRUPTED,
    PlacementState.COMPLETED,
    PlacementState.ENDED_EARLY,
)
BY = {"host": ("host", "host__name"), "university": ("student__university", "student__university__name")}


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One organisation: its key (None: not on file), its name, and the stays in each state of COLUMNS."""

    key: int | None
    name: str
    counts: list[int]
    total: int
    overdue: int


def stay_board(stays: QuerySet[Placement], by: str, today: date) -> list[BoardLine]:
    """Return the lines of the board, busiest first (one query). ``by`` is ``host`` or ``university``."""
    key, name = BY[by]
    late = Q(state=PlacementState.ON_POST, ends_on__lt=today) | Q(
        state__in=[PlacementState.PLANNED, PlacementState.READY], starts_on__lt=today
    )
    counted = {state.value: Count("pk", filter=Q(state=state)) for state in COLUMNS}
    rows = (
        stays.exclude(state=PlacementState.CANCELLED)
        .order_by()
        .values(key, name)
        .annotate(**counted, all_stays=Count("pk"), late=Count("pk", filter=late))
        .order_by("-all_stays", name)
    )
    return [_line(row, key, name) for row in rows]


def accepted_applications(user: User) -> QuerySet[Application]:
    """Return the applications that wait for a stay, oldest first."""
    return (
        Application.objects.visible_to(user)
        .filter(state="accepted")
        .select_related("student__university", "position__host", "position__lead_unit")
        .order_by("in_state_since", "pk")
    )


def _line(row: dict[str, Any], key: str, name: str) -> BoardLine:
    counts = [row[state.value] for state in COLUMNS]
    return BoardLine(row[key], row[name] or "", counts, row["all_stays"], row["late"])
