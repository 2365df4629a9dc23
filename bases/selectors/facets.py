"""The filters of the public list of bases: what each chosen value means and how rows are grouped by it."""

from functools import partial

from django.db.models import Exists, OuterRef, Q

from bases.enums import PUBLIC_BASE_STATES
from bases.models import BaseCandidateKind, BaseUniversity
from bases.models.base import FIRST_YEAR, LAST_YEAR
from wenxi_portal.core.facet_values import on_file_or_unknown, one_of, or_unknown, row_id, whole_number
from wenxi_portal.core.facets import Facet

LINKS = BaseUniversity._meta.db_table
CANDIDATES = BaseCandidateKind._meta.db_table

# Universities, places and partners may be hundreds: those with most bases are offered, the keyword finds the others.
OFFERED = 12
LONGEST_PLACE = 80


def _of_kind(numbers: list[str]) -> Q:
    """A base whose kind is to be settled counts under each kind that it may turn out to have."""
    candidate = BaseCandidateKind.objects.filter(base=OuterRef("pk"), kind__number__in=numbers)
    return Q(kind__number__in=numbers) | Q(Exists(candidate))


def _with_university(ids: list[str]) -> Q:
    return Q(Exists(BaseUniversity.objects.filter(base=OuterRef("pk"), university__pk__in=ids)))


# Rows are grouped by the kind's id; a base whose kind is to be settled is counted under “unknown” by its empty column
# and under each candidate by the link.
KIND = Facet(
    "kind",
    clean=or_unknown(partial(whole_number, least=1, most=99)),
    condition=on_file_or_unknown(_of_kind, Q(kind__isnull=True)),
    column="kind_id",
    linked="c.kind_id",
    link=f"JOIN {CANDIDATES} c ON c.base_id = m.id AND m.kind_id IS NULL",
)
UNIVERSITY = Facet(
    "university",
    clean=or_unknown(row_id),
    condition=on_file_or_unknown(_with_university, Q(~Exists(BaseUniversity.objects.filter(base=OuterRef("pk"))))),
    linked="l.university_id",
    link=f"LEFT JOIN {LINKS} l ON l.base_id = m.id",
    most=OFFERED,
)
LEAD = Facet(
    "lead",
    clean=or_unknown(row_id),
    condition=on_file_or_unknown(lambda ids: Q(lead_unit__in=ids), Q(lead_unit__isnull=True)),
    column="lead_unit_id",
)
STATE = Facet(
    "state",
    clean=one_of({state.value for state in PUBLIC_BASE_STATES}),
    condition=lambda states: Q(state__in=states),
    column="state",
)
YEAR = Facet(
    "year",
    clean=or_unknown(partial(whole_number, least=FIRST_YEAR, most=LAST_YEAR)),
    condition=on_file_or_unknown(lambda years: Q(plaque_year__in=years), Q(plaque_year__isnull=True)),
    column="plaque_year",
)
PLACE = Facet(
    "place",
    clean=lambda value: value if len(value) <= LONGEST_PLACE else "",
    condition=on_file_or_unknown(lambda places: Q(place__in=places), Q(place="")),
    column="place",
    most=OFFERED,
)
PARTNER = Facet(
    "partner",
    clean=or_unknown(row_id),
    condition=on_file_or_unknown(lambda ids: Q(local_partner__in=ids), Q(local_partner__isnull=True)),
    column="local_partner_id",
    most=OFFERED,
)

FACETS = (KIND, UNIVERSITY, LEAD, STATE, YEAR, PLACE, PARTNER)
OF_ORGANISATIONS = frozenset({"university", "lead", "partner"})
