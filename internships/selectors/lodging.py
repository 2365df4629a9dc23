"""Reads about beds: which are free, who sleeps where, and whose bed no longer fits the stay."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from internships.enums import STAYS_TO_COME, PlacementState
from internships.models import Bed, BedStay, Lodging, Placement
from talent.enums import Sex
from wenxi_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Night:
    """One cell of the occupancy calendar: who has the bed in that night, None when nobody."""

    day: date
    stay: BedStay | None


@dataclass(frozen=True, slots=True)
class BedRow:
    """A bed and its nights."""

    bed: Bed
    nights: list[Night]


def fits(bed: Bed, sex: str) -> bool:
    """Tell whether a student of this sex may have the bed. Whose sex is not known gets a room for anybody."""
    return not bed.sex or bed.sex == sex


def free_beds(first: date, last: date, *, lodging: Lodging | None = None, sex: str = "") -> QuerySet[Any]:
    """Return usable beds that nobody has in any night from ``first`` to ``last``, house by house, room by room."""
    taken = BedStay.objects.filter(bed=OuterRef("pk"), is_cancelled=False, starts_on__lte=last, ends_on__gte=first)
    beds = Bed.objects.filter(~Exists(taken), is_usable=True, lodging__is_open=True)
    if lodging is not None:
        beds = beds.filter(lodging=lodging)
    if sex:
        beds = beds.filter(Q(sex="") | Q(sex=sex) if sex in (Sex.MALE, Sex.FEMALE) else Q(sex=""))
    return beds.select_related("lodging").order_by("lodging__name", "room", "label", "pk")


def occupancy(lodging: Lodging, first: date, days: int) -> list[BedRow]:
    """Return every bed of the house with its nights from ``first`` on (two queries)."""
    last = first + timedelta(days=days - 1)
    beds = list(lodging.beds.order_by("room", "label", "pk"))
    stays = BedStay.objects.filter(
        bed__lodging=lodging, is_cancelled=False, starts_on__lte=last, ends_on__gte=first
    ).select_related("placement__student", "placement__host")
    by_bed: dict[int, list[BedStay]] = {}
    for stay in stays:
        by_bed.setdefault(stay.bed_id, []).append(stay)
    nights = [first + timedelta(days=at) for at in range(days)]
    return [BedRow(bed, [Night(day, _of(by_bed.get(bed.pk, []), day)) for day in nights]) for bed in beds]


def beds_out_of_step() -> QuerySet[Any]:
    """Return bed stays that no longer fit their stay: it was cancelled, or its days moved. Shown to the officer."""
    return (
        BedStay.objects.filter(is_cancelled=False)
        .filter(
            Q(placement__state=PlacementState.CANCELLED)
            | Q(ends_on__gt=F("placement__ends_on"))
            | Q(starts_on__lt=F("placement__starts_on"))
        )
        .select_related("bed__lodging", "placement__student")
    )


def beds_of(stay: Placement) -> QuerySet[Any]:
    """Return the beds a stay has, from the first night on."""
    return stay.bed_stays.filter(is_cancelled=False).select_related("bed__lodging").order_by("starts_on")


def without_bed(stays: QuerySet[Any]) -> QuerySet[Any]:
    """Narrow to stays to come whose student asked for lodging and has no bed for the last night, earliest first.

    So a stay that was extended comes back. A transferred stay asks as the one it came from did.
    """
    bed = BedStay.objects.filter(placement=OuterRef("pk"), is_cancelled=False, ends_on__gte=OuterRef("ends_on"))
    wish = Q(application__wants_lodging=True) | Q(transferred_from__application__wants_lodging=True)
    waiting = stays.filter(wish, ~Exists(bed), state__in=STAYS_TO_COME, ends_on__gte=timezone.localdate())
    return waiting.select_related("student", "host").order_by("starts_on", "pk")


def arrivals(keeper: User, days: int = 14) -> QuerySet[Any]:
    """Return who moves into the keeper's houses from today on, and who moves out, by day (``days``: how far ahead)."""
    today = timezone.localdate()
    until = today + timedelta(days=days)
    soon = Q(starts_on__range=(today, until)) | Q(ends_on__range=(today, until))
    rows = BedStay.objects.filter(soon, bed__lodging__keeper=keeper, is_cancelled=False)
    return rows.select_related("bed__lodging", "placement__student", "placement__host").order_by("starts_on", "pk")


def _of(stays: list[BedStay], day: date) -> BedStay | None:
    return next((stay for stay in stays if stay.starts_on <= day <= stay.ends_on), None)
