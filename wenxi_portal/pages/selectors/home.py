"""What the home page shows of the other rooms."""

from dataclasses import dataclass

from django.db.models import F, QuerySet

from bases.models import Agreement, AnnouncedFigure, Base
from wenxi_portal.organisations.enums import OrganisationKind
from wenxi_portal.organisations.models import Organisation

LATEST_BASES = 4
NEXT_DEADLINES = 3


@dataclass(frozen=True, slots=True)
class Numbers:
    """The live numbers: rows that the public can open. ``announced`` is the figure the county published, if any."""

    bases: int
    universities: int
    lead_units: int
    agreements: int
    announced: AnnouncedFigure | None

    @property
    def missing(self) -> int:
        """How many announced bases are not on file yet."""
        if self.announced is None or self.announced.value is None:
            return 0
        return max(self.announced.value - self.bases, 0)


def numbers() -> Numbers:
    """Count what is public today (four queries)."""
    organisations = dict.fromkeys(OrganisationKind.values, 0)
    for kind in Organisation.objects.public().order_by().values_list("kind", flat=True):
        organisations[kind] += 1
    return Numbers(
        bases=Base.objects.public().count(),
        universities=organisations[OrganisationKind.UNIVERSITY],
        lead_units=organisations[OrganisationKind.LEAD_UNIT],
        agreements=Agreement.objects.public().in_force().count(),
        announced=AnnouncedFigure.objects.filter(key="bases_unveiled").first(),
    )


def latest_bases() -> QuerySet[Base]:
    """Return the public bases unveiled last; those without a date follow, the last edited first."""
    return (
        Base.objects.public()
        .select_related("kind", "local_partner")
        .prefetch_related("universities")
        .order_by(F("plaque_on").desc(nulls_last=True), F("plaque_year").desc(nulls_last=True), "-updated_at", "-pk")[
            :LATEST_BASES
        ]
    )


def next_deadlines() -> QuerySet[Agreement]:
    """Return the public agreements that end within 90 days, soonest first."""
    return Agreement.objects.public().ending_within()[:NEXT_DEADLINES]
