"""What the public list of positions shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Func, QuerySet, Value

from internships.models import Position
from internships.querysets import PositionQuerySet
from internships.selectors.position_facets import CLOSED, FACETS
from wenxi_portal.core.facets import Counts, count, narrow
from wenxi_portal.core.selection import Selection
from wenxi_portal.organisations.selectors import names_of

CHUNK = 500

ORDERS: dict[str, tuple[Any, ...]] = {
    "": ("-is_open", "apply_until", "pk"),
    "newest": ("-is_open", F("published_at").desc(nulls_last=True), "-pk"),
}


@dataclass(frozen=True, slots=True)
class PositionListNumbers:
    """What the list counts. ``names`` gives sort key, name and English name of the hosts offered as filters."""

    counts: Counts
    names: dict[str, tuple[str, str, str]]


def listed(selection: Selection) -> PositionQuerySet:
    """Return the positions that a selection looks through: the open ones, or closed ones too where that is chosen."""
    rows: PositionQuerySet = Position.objects.public() if CLOSED.name in selection.chosen else Position.objects.open()
    return rows.matching(selection.keyword)


def selected_positions(selection: Selection) -> QuerySet[Any]:
    """Return the positions that a selection leaves, those one can apply for first, in its order."""
    return narrow(listed(selection).with_openness(), FACETS, selection.chosen).order_by(*ORDERS[selection.order])


def position_list_numbers(selection: Selection) -> PositionListNumbers:
    """Count the positions by every filter (two statements, however many there are)."""
    month = Func(F("starts_on"), Value("YYYY-MM"), function="to_char", output_field=CharField())
    counts = count(listed(selection).annotate(start_month=month), FACETS, selection.chosen)
    ids = {bucket.key for bucket in counts.buckets["host"]} | set(selection.chosen.get("host", ()))
    names = {str(pk): (key, name, name_en) for pk, key, name, name_en in names_of(ids)} if ids else {}
    return PositionListNumbers(counts, names)


def position_list_rows(selection: Selection, first: int, most: int) -> list[dict[str, Any]]:
    """Return ``most`` cards of the list from row ``first`` (counted from 0) on."""
    return list(card_rows(selected_positions(selection))[first : first + most])


def count_selected(selection: Selection) -> int:
    """Return how many positions a selection leaves."""
    return narrow(listed(selection), FACETS, selection.chosen).count()


def card_rows(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return ``rows`` (with ``is_open``) as dictionaries with what a card shows."""
    return rows.values(
        "pk", "title", "title_en", "state", "is_open", "sector", "levels", "majors", "disciplines", "seats",
        "seats_taken", "starts_on", "ends_on",
        "apply_until", "place", "lodging_offered", "meals_offered", "transport_offered", "host_id",
        host_name=F("host__name"), host_name_en=F("host__name_en"),
    )  # fmt: skip


def export_rows(selection: Selection) -> Iterator[dict[str, Any]]:
    """Yield the selected positions, read in chunks, with everything the public may know."""
    rows = selected_positions(selection).values(
        "pk", "title", "title_en", "state", "is_open", "sector", "levels", "disciplines", "majors", "seats",
        "seats_taken", "starts_on", "ends_on", "apply_until", "hours_a_day", "days_a_week", "place", "address",
        "latitude", "longitude", "lodging_offered", "meals_offered", "transport_offered",
        host_name=F("host__name"), lead_unit_name=F("lead_unit__name"),
    )  # fmt: skip
    return rows.iterator(chunk_size=CHUNK)
