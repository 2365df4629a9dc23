"""What the page of a stay tells of help, bed, shuttle and activities in a few lines."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from internships.enums import CaseState, SupportKind
from internships.models import BedStay, Placement, ShuttleSeat, SupportRequest
from internships.selectors.activity import next_activities
from internships.selectors.lodging import beds_of


@dataclass(frozen=True, slots=True)
class StayCare:
    """Open requests, the kinds one may ask for, the present or next bed, the next seat, the next activities."""

    requests: list[SupportRequest]
    kinds: list[tuple[str, str]]
    bed: BedStay | None
    seat: ShuttleSeat | None
    activities: list[Any]


def care_for(stay: Placement) -> StayCare:
    """Return what ``templates/internships/living/_panel.html`` shows as ``care``."""
    over = [CaseState.CLOSED, CaseState.WITHDRAWN]
    coming = stay.shuttle_seats.filter(run__leaves_at__gt=timezone.now(), run__is_cancelled=False)
    return StayCare(
        requests=list(stay.support_requests.exclude(state__in=over).order_by("due_on", "pk")),
        kinds=[(str(key), str(label)) for key, label in SupportKind.choices],
        bed=beds_of(stay).filter(ends_on__gte=timezone.localdate()).first(),
        seat=coming.select_related("run").order_by("run__leaves_at").first(),
        activities=next_activities(stay)[:3],
    )
