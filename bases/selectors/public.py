"""What the public lists of bases and of their kinds show."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, OuterRef, QuerySet

from bases.models import AnnouncedFigure, Base, BaseKind
from bases.selectors.cards import card_rows
from bases.selectors.facets import FACETS, OF_ORGANISATIONS
from wenxi_portal.core.content_version import Scope
from wenxi_portal.core.facets import UNKNOWN, Counts, count, narrow
from wenxi_portal.core.models import ContentVersion
from wenxi_portal.core.selection import Selection
from wenxi_portal.core.subqueries import number_of
from wenxi_portal.organisations.selectors import names_of

ANNOUNCED_BASES = "bases_unveiled"

ORDERS: dict[str, tuple[Any, ...]] = {
    "": ("sort_key", "pk"),
    "newest": (
        F("plaque_year").desc(nulls_last=True),
        F("plaque_on").desc(nulls_last=True),
        "sort_key",
        "pk",
    ),
}


@dataclass(frozen=True, slots=True)
class Announced:
    """The figure that the county announced, 0 when none is known, and the registers' version at that moment."""

    number: int = 0
    as_of: Any = None
    source: str = ""
    source_en: str = ""
    registers: int = 0


@dataclass(frozen=True, slots=True)
class BaseListNumbers:
    """What the list counts over all bases; kinds are counted by their ids.

    ``names`` gives sort key, name and English name of the organisations that are offered as filters. ``on_file``
    counts those of the announced bases that are on file.
    """

    counts: Counts
    kinds: list[Any]
    names: dict[str, tuple[str, str, str]]
    on_file: int


def selected_bases(selection: Selection) -> QuerySet[Any]:
    """Return the public bases that a selection leaves, in its order."""
    rows = narrow(Base.objects.public().matching(selection.keyword), FACETS, selection.chosen)
    return rows.order_by(*ORDERS[selection.order])


def base_list_numbers(selection: Selection) -> BaseListNumbers:
    """Count the public bases by every filter (three statements, however many bases there are)."""
    counts = count(Base.objects.public().matching(selection.keyword), FACETS, selection.chosen)
    real = number_of(Base.objects.public().filter(in_announced_count=True))
    kinds = list(BaseKind.objects.in_official_order().values("pk", "number", "name", "name_en", on_file=real))
    return BaseListNumbers(counts, kinds, _names(counts, selection), kinds[0]["on_file"] if kinds else 0)


def _names(counts: Counts, selection: Selection) -> dict[str, tuple[str, str, str]]:
    counted = {bucket.key for facet in OF_ORGANISATIONS for bucket in counts.buckets[facet]}
    chosen = {value for facet in OF_ORGANISATIONS for value in selection.chosen.get(facet, ())}
    ids = (counted | chosen) - {UNKNOWN}
    return {str(pk): (sort_key, name, name_en) for pk, sort_key, name, name_en in names_of(ids)} if ids else {}


def base_list_rows(selection: Selection, first: int, most: int) -> list[dict[str, Any]]:
    """Return ``most`` cards of the list from row ``first`` (counted from 0) on."""
    return list(card_rows(selected_bases(selection))[first : first + most])


def count_without_keyword(selection: Selection) -> int:
    """Return how many bases the selection would leave without its keyword."""
    return selected_bases(selection.without_keyword()).count()


def announced_bases() -> Announced:
    """Return the announced figure and, in the same statement, the version of the registers."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(f.value, 0), f.as_of, coalesce(f.source, ''), coalesce(f.source_en, ''), "  # noqa: S608
            f"coalesce(v.number, 0) "
            f"FROM (SELECT 1) one LEFT JOIN {AnnouncedFigure._meta.db_table} f ON f.key = %s "
            f"LEFT JOIN {ContentVersion._meta.db_table} v ON v.id = %s",
            [ANNOUNCED_BASES, int(Scope.REGISTERS)],
        )
        return Announced(*cursor.fetchone())


def kinds_overview() -> QuerySet[Any]:
    """Return the kinds in official order with their lead units, ``on_file`` bases and ``possible`` ones."""
    return (
        BaseKind.objects.in_official_order()
        .select_related("lead_unit")
        .defer("lead_unit__search_vector", "lead_unit__introduction", "lead_unit__introduction_en")
        .annotate(
            on_file=number_of(Base.objects.public().filter(kind=OuterRef("pk"))),
            possible=number_of(Base.objects.public().filter(kind__isnull=True, candidate_kinds=OuterRef("pk"))),
        )
    )
