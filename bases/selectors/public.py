"""What the public pages of bases show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from bases.models import (
    Agreement,
    AgreementParty,
    AnnouncedFigure,
    Base,
    BaseKind,
    BaseStateChange,
    BaseUniversity,
    Document,
)
from bases.selectors.cards import card_rows, possible_kinds_of_base, universities_of_base
from bases.selectors.facets import FACETS
from wenxi_portal.core.facets import Counts, count, narrow
from wenxi_portal.core.selection import Selection
from wenxi_portal.core.subqueries import number_of

ANNOUNCED_BASES = "bases_unveiled"
NEAR = 4
MOST_TICKS = 40

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
class OnFile:
    """How many bases are on file beside the figure that the county announced; ``announced`` 0 when none is known."""

    on_file: int
    announced: int = 0
    as_of: Any = None
    source: str = ""

    @property
    def missing(self) -> int:
        """Bases that were announced and are not on file yet."""
        return max(self.announced - self.on_file, 0)

    @property
    def ticks(self) -> list[bool]:
        """One mark for each announced base, filed or not yet; none where there is nothing to compare."""
        comparable = self.on_file <= self.announced <= MOST_TICKS
        return [True] * self.on_file + [False] * self.missing if comparable else []


@dataclass(frozen=True, slots=True)
class BaseListNumbers:
    """Counts of the list and what stands beside them; kinds are counted by their ids."""

    counts: Counts
    kinds: Sequence[Mapping[str, Any]]
    progress: OnFile


def selected_bases(selection: Selection) -> QuerySet[Any]:
    """Return the public bases that a selection leaves, in its order."""
    rows = narrow(Base.objects.public().matching(selection.keyword), FACETS, selection.chosen)
    return rows.order_by(*ORDERS[selection.order])


def base_list_numbers(selection: Selection) -> BaseListNumbers:
    """Count the public bases by every filter (three statements, however many bases there are)."""
    counts = count(Base.objects.public().matching(selection.keyword), FACETS, selection.chosen)
    kinds = list(BaseKind.objects.in_official_order().values("pk", "number", "name", "name_en"))
    return BaseListNumbers(counts, kinds, on_file_and_announced())


def base_list_rows(selection: Selection, first: int, most: int) -> list[dict[str, Any]]:
    """Return ``most`` cards of the list from row ``first`` (counted from 0) on."""
    return list(card_rows(selected_bases(selection))[first : first + most])


def count_without_keyword(selection: Selection) -> int:
    """Return how many bases the selection would leave without its keyword."""
    return selected_bases(selection.without_keyword()).count()


def on_file_and_announced() -> OnFile:
    """Return the real bases on file beside the announced figure; synthetic ones do not count."""
    real = Base.objects.public().filter(is_demo=False).order_by().values("pk")
    counted, params = real.query.sql_with_params()
    figures = AnnouncedFigure._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT found.number, coalesce(f.value, 0), f.as_of, coalesce(f.source, '') "  # noqa: S608
            f"FROM (SELECT count(*) AS number FROM ({counted}) real) found LEFT JOIN {figures} f ON f.key = %s",
            [*params, ANNOUNCED_BASES],
        )
        return OnFile(*cursor.fetchone())


def readable_base(pk: int, user: AbstractBaseUser | AnonymousUser) -> Base | None:
    """Return the base with everything its page says about itself, or None: absent and forbidden look alike.

    Annotated with ``university_facts``, ``possible_kinds`` and ``moves``: its changes of state without their actors
    and reasons, oldest first.
    """
    moves = BaseStateChange.objects.filter(base=OuterRef("pk")).order_by("at", "pk")
    return (
        Base.objects.readable_by(user)
        .filter(pk=pk)
        .select_related("kind", "lead_unit", "local_partner")
        .defer("search_vector", "kind__description", "kind__description_en", "lead_unit__search_vector")
        .defer("lead_unit__introduction", "local_partner__search_vector", "local_partner__introduction")
        .annotate(
            university_facts=universities_of_base(),
            possible_kinds=possible_kinds_of_base(),
            moves=ArraySubquery(moves.values(found=JSONObject(came="from_state", went="to_state", at="at"))),
        )
        .first()
    )


def public_agreements(agreements: QuerySet[Any]) -> QuerySet[Any]:
    """Return those of ``agreements`` that the public may see, latest first, annotated with ``party_names``."""
    parties = AgreementParty.objects.filter(agreement=OuterRef("pk")).order_by("pk")
    return (
        agreements.filter(pk__in=Agreement.objects.public().values("pk"))
        .defer("search_vector")
        .annotate(party_names=ArraySubquery(parties.values("name")))
        .order_by(F("signed_year").desc(nulls_last=True), F("signed_on").desc(nulls_last=True), "-pk")
    )


def public_papers(base: Base, agreements: Sequence[Agreement]) -> QuerySet[Any]:
    """Return the current papers of the base and of these agreements that everybody may read."""
    return (
        Document.objects.public()
        .current()
        .filter(Q(base=base) | Q(agreement__in=[agreement.pk for agreement in agreements]))
        .order_by("title", "pk")
    )


def bases_near(base: Base) -> list[dict[str, Any]]:
    """Return a few other public bases with the same universities or of the same kind, shared universities first."""
    rows = Base.objects.public().exclude(pk=base.pk)
    same_kind = Q(kind=base.kind_id) if base.kind_id else Q()
    ids = [university["id"] for university in base.university_facts]  # type: ignore[attr-defined]
    if ids:
        shared = Exists(BaseUniversity.objects.filter(base=OuterRef("pk"), university__in=ids))
        near: QuerySet[Any] = (
            rows.annotate(shared=shared).filter(Q(shared=True) | same_kind).order_by("-shared", "sort_key", "pk")
        )
    elif same_kind:
        near = rows.filter(same_kind).order_by("sort_key", "pk")
    else:
        return []
    return list(card_rows(near)[:NEAR])


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
