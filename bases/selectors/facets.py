"""The filters of the public list of bases: what each chosen value means and how rows are grouped by it."""

from functools import partial

from django.db.models import Exists, OuterRef, Q

from bases.enums import PUBLIC_BASE_STATES
from bases.models import BaseCandidateKind, BaseKind, BaseUniversity
from bases.models.base import FIRST_YEAR, LAST_YEAR
from wenxi_portal.core.facet_values import on_file_or_unknown, one_of, or_unknown, row_id, whole_number
from wenxi_portal.core.facets import Facet
from wenxi_portal.organisations.models import Organisation

ORGANISATIONS = Organisation._meta.db_table
LINKS = BaseUniversity._meta.db_table
CANDIDATES = BaseCandidateKind._meta.db_table
KINDS = BaseKind._meta.db_table

# Universities, places and partners may be hundreds: those with most bases are offered, the keyword finds the others.
OFFERED = 12
LONGEST_PLACE = 80


def _of_kind(numbers: list[str]) -> Q:
    """A base whose kind is to be settled counts under each kind that it may turn out to have."""
    candidate = BaseCandidateKind.objects.filter(base=OuterRef("pk"), kind__number__in=numbers)
    return Q(kind__number__in=numbers) | Exists(candidate)


def _with_university(ids: list[str]) -> Q:
    return Q(Exists(BaseUniversity.objects.filter(base=OuterRef("pk"), university__in=ids)))


# A base whose kind is to be settled is counted once for each candidate and once for “to be settled”.
_UNSETTLED = f"""
    LEFT JOIN (
        SELECT c.base_id, k.number FROM {CANDIDATES} c JOIN {KINDS} k ON k.id = c.kind_id
        UNION ALL SELECT DISTINCT base_id, NULL::smallint FROM {CANDIDATES}
    ) u ON u.base_id = m.id AND m.kind__number IS NULL
"""  # noqa: S608 - names of our own tables

KIND = Facet(
    "kind",
    clean=or_unknown(partial(whole_number, least=1, most=99)),
    condition=on_file_or_unknown(_of_kind, Q(kind__isnull=True)),
    key="coalesce(m.kind__number, u.number)",
    columns=("kind__number",),
    joins=_UNSETTLED,
)
UNIVERSITY = Facet(
    "university",
    clean=or_unknown(row_id),
    condition=on_file_or_unknown(_with_university, Q(~Exists(BaseUniversity.objects.filter(base=OuterRef("pk"))))),
    key="l.university_id",
    joins=f"LEFT JOIN {LINKS} l ON l.base_id = m.id",
    labels=ORGANISATIONS,
    most=OFFERED,
)
LEAD = Facet(
    "lead",
    clean=or_unknown(row_id),
    condition=on_file_or_unknown(lambda ids: Q(lead_unit__in=ids), Q(lead_unit__isnull=True)),
    key="m.lead_unit_id",
    columns=("lead_unit_id",),
    labels=ORGANISATIONS,
)
STATE = Facet(
    "state",
    clean=one_of({state.value for state in PUBLIC_BASE_STATES}),
    condition=lambda states: Q(state__in=states),
    key="m.state",
    columns=("state",),
)
YEAR = Facet(
    "year",
    clean=or_unknown(partial(whole_number, least=FIRST_YEAR, most=LAST_YEAR)),
    condition=on_file_or_unknown(lambda years: Q(plaque_year__in=years), Q(plaque_year__isnull=True)),
    key="m.plaque_year",
    columns=("plaque_year",),
)
PLACE = Facet(
    "place",
    clean=lambda value: value if len(value) <= LONGEST_PLACE else "",
    condition=on_file_or_unknown(lambda places: Q(place__in=places), Q(place="")),
    key="m.place",
    columns=("place",),
    most=OFFERED,
)
PARTNER = Facet(
    "partner",
    clean=or_unknown(row_id),
    condition=on_file_or_unknown(lambda ids: Q(local_partner__in=ids), Q(local_partner__isnull=True)),
    key="m.local_partner_id",
    columns=("local_partner_id",),
    labels=ORGANISATIONS,
    most=OFFERED,
)

FACETS = (KIND, UNIVERSITY, LEAD, STATE, YEAR, PLACE, PARTNER)
OF_ORGANISATIONS = frozenset({"university", "lead", "partner"})
