"""What the public pages of universities show. Lives here because a university's page shows its bases."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from bases.models import Agreement, AgreementParty, Base, BaseUniversity
from bases.querysets import AgreementQuerySet
from bases.selectors.cards import card_rows
from wenxi_portal.core.facet_values import on_file_or_unknown, one_of, or_unknown
from wenxi_portal.core.facets import Counts, Facet, count, narrow
from wenxi_portal.core.selection import Selection
from wenxi_portal.core.subqueries import number_of
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.querysets import OrganisationQuerySet

LONGEST_PROVINCE = 20
BASES_SHOWN = 12
AGREEMENTS_SHOWN = 30
_ANSWERS = {"true": True, "false": False}

PROVINCE = Facet(
    "province",
    clean=lambda value: value if len(value) <= LONGEST_PROVINCE else "",
    condition=on_file_or_unknown(lambda provinces: Q(province__in=provinces), Q(province="")),
    column="province",
)
DOUBLE_FIRST_CLASS = Facet(
    "double",
    clean=or_unknown(one_of(_ANSWERS)),
    condition=on_file_or_unknown(
        lambda answers: Q(double_first_class__in=[_ANSWERS[answer] for answer in answers]),
        Q(double_first_class__isnull=True),
    ),
    column="double_first_class",
)
FACETS = (PROVINCE, DOUBLE_FIRST_CLASS)


def public_universities() -> OrganisationQuerySet:
    """Return the universities that public pages may show."""
    return Organisation.objects.universities().public()


def university_counts(selection: Selection) -> Counts:
    """Count the universities by every filter in one statement."""
    return count(public_universities().matching(selection.keyword), FACETS, selection.chosen)


def university_rows(selection: Selection, first: int, most: int) -> list[dict[str, Any]]:
    """Return cards of universities sorted by pinyin, each with its public ``bases`` and ``agreements``."""
    rows = narrow(public_universities().matching(selection.keyword), FACETS, selection.chosen)
    shown = rows.in_name_order().values(
        "pk",
        "name",
        "name_en",
        "province",
        "city",
        "double_first_class",
        base_count=number_of(Base.objects.public().filter(university_links__university=OuterRef("pk"))),
        agreement_count=number_of(Agreement.objects.public().filter(parties__organisation=OuterRef("pk"))),
    )
    return list(shown[first : first + most])


def count_without_keyword(selection: Selection) -> int:
    """Return how many universities the selection would leave without its keyword."""
    return narrow(public_universities(), FACETS, selection.chosen).count()


def public_university(pk: int) -> Organisation | None:
    """Return the university, or None when it is absent or not public."""
    bases = number_of(Base.objects.public().filter(university_links__university=OuterRef("pk")))
    return public_universities().defer("search_vector").annotate(base_count=bases).filter(pk=pk).first()


def bases_of(university: Organisation) -> list[dict[str, Any]]:
    """Return cards of the first public bases in which the university takes part, by name."""
    taking_part = Exists(BaseUniversity.objects.filter(base=OuterRef("pk"), university=university))
    rows = Base.objects.public().filter(taking_part).order_by("sort_key", "pk")
    return list(card_rows(rows)[:BASES_SHOWN])


def agreements_of(university: Organisation) -> AgreementQuerySet:
    """Return the agreements to which the university is a party."""
    party = AgreementParty.objects.filter(agreement=OuterRef("pk"), organisation=university)
    return Agreement.objects.filter(Exists(party))
