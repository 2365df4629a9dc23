"""What the public pages of bases show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from bases.models import (
    Agreement,
    AgreementParty,
    AnnouncedFigure,
    Base,
    BaseKind,
    BaseStateChange,
    Document,
)
from bases.querysets import AgreementQuerySet
from bases.selectors.cards import card_rows, near_rows, possible_kinds_of_base, universities_of_base
from bases.selectors.facets import FACETS, OF_ORGANISATIONS
from wenxi_portal.core.content_version import Scope
from wenxi_portal.core.facets import UNKNOWN, Counts, count, narrow
from wenxi_portal.core.models import ContentVersion
from wenxi_portal.core.selection import Selection
from wenxi_portal.core.subqueries import number_of
from wenxi_portal.organisations.selectors import names_of

ANNOUNCED_BASES = "bases_unveiled"
NEAR = 4

_ORGANISATION = ("name", "name_en", "name_note")
_SHOWN = (
    "name",
    "name_en",
    "kind_basis",
    "state",
    "lead_unit_inferred",
    "place",
    "address",
    "plaque_on",
    "plaque_year",
    "plaque_note",
    "closed_on",
    "summary",
    "story",
    "contact_office",
    "contact_phone",
    "source",
    "is_demo",
    "kind__number",
    "kind__name",
    "kind__name_en",
    *(f"lead_unit__{name}" for name in _ORGANISATION),
    *(f"local_partner__{name}" for name in _ORGANISATION),
)
_SHOWN_OF_AGREEMENTS = (
    "title",
    "kind",
    "state",
    "signed_on",
    "signed_year",
    "date_note",
    "valid_until",
    "terminated_on",
    "summary",
)

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
    registers: int = 0


@dataclass(frozen=True, slots=True)
class BaseListNumbers:
    """What the list counts over all bases; kinds are counted by their ids.

    ``names`` gives sort key, name and English name of the organisations that are offered as filters. ``on_file``
    counts the real bases on file; synthetic ones do not count.
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
    real = number_of(Base.objects.public().filter(is_demo=False))
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
            f"SELECT coalesce(f.value, 0), f.as_of, coalesce(f.source, ''), coalesce(v.number, 0) "  # noqa: S608
            f"FROM (SELECT 1) one LEFT JOIN {AnnouncedFigure._meta.db_table} f ON f.key = %s "
            f"LEFT JOIN {ContentVersion._meta.db_table} v ON v.id = %s",
            [ANNOUNCED_BASES, int(Scope.REGISTERS)],
        )
        return Announced(*cursor.fetchone())


def readable_base(pk: int, user: AbstractBaseUser | AnonymousUser) -> Base | None:
    """Return the base with everything its page says about itself, or None: absent and forbidden look alike.

    Annotated with ``university_facts``, ``possible_kinds`` and ``moves``: its changes of state without their actors
    and reasons, oldest first.
    """
    moves = BaseStateChange.objects.filter(base=OuterRef("pk")).order_by("at", "pk")
    found = (
        Base.objects.readable_by(user)
        .filter(pk=pk)
        .select_related("kind", "lead_unit", "local_partner")
        .only(*_SHOWN)
        .order_by()
        .annotate(
            university_facts=universities_of_base(),
            possible_kinds=possible_kinds_of_base(),
            moves=ArraySubquery(moves.values(found=JSONObject(came="from_state", went="to_state", at="at"))),
        )
    )
    return next(iter(found[:1]), None)


def public_agreements(agreements: AgreementQuerySet) -> QuerySet[Any]:
    """Return those of ``agreements`` that the public may see, latest first, annotated with ``party_names``."""
    parties = AgreementParty.objects.filter(agreement=OuterRef("pk")).order_by("pk")
    return (
        agreements.public()
        .only(*_SHOWN_OF_AGREEMENTS)
        .annotate(party_names=ArraySubquery(parties.values("name")))
        .order_by(F("signed_year").desc(nulls_last=True), F("signed_on").desc(nulls_last=True), "-pk")
    )


def agreements_of_base(base: Base) -> AgreementQuerySet:
    """Return the agreements on which the base rests."""
    return Agreement.objects.filter(base_links__base=base)


def public_papers(base: Base, agreements: Sequence[Agreement]) -> QuerySet[Any]:
    """Return the current papers of the base and of these agreements that everybody may read."""
    owner = Q(base=base) | Q(agreement__in=[agreement.pk for agreement in agreements]) if agreements else Q(base=base)
    papers = Document.objects.public().current().filter(owner)
    return papers.only("identifier", "title", "ending", "size").order_by("title", "pk")


def bases_near(base: Base) -> list[dict[str, Any]]:
    """Return a few other public bases: those with the same universities, then those of the same kind."""
    others = Base.objects.public().exclude(pk=base.pk).order_by("sort_key", "pk")
    ids = [university["id"] for university in base.university_facts]  # type: ignore[attr-defined]
    links = BaseUniversity.objects.filter(university__in=ids)
    found = list(near_rows(others.filter(pk__in=links.values("base")))[:NEAR]) if ids else []
    if len(found) < NEAR and base.kind_id:
        known = [row["pk"] for row in found]
        same_kind = others.filter(kind=base.kind_id).exclude(pk__in=known)
        found += near_rows(same_kind)[: NEAR - len(found)]
    return found


def kinds_overview() -> QuerySet[Any]:
    """Return the kinds in official order with their lead units, ``on_file`` bases and ``possible`` ones."""
    return (
        BaseKind.objects.in_official_order()
        .select_related("lead_unit")
        .defer("lead_unit__search_vector", "lead_unit__introduction")
        .annotate(
            on_file=number_of(Base.objects.public().filter(kind=OuterRef("pk"))),
            possible=number_of(Base.objects.public().filter(kind__isnull=True, candidate_kinds=OuterRef("pk"))),
        )
    )
