"""What the home page shows of the other rooms."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from bases.models import Agreement, AnnouncedFigure, Base, BaseUniversity
from bases.selectors.public import ANNOUNCED_BASES
from internships.models import Position
from internships.subsidies.models import PublicNotice
from internships.subsidies.selectors.notices import public_notices
from wenxi_portal.organisations.models import Organisation

LATEST_BASES = 6
NEXT_DEADLINES = 3
LAST_DAYS = 3
RUNNING_NOTICES = 3
_COLUMNS = (
    *("pk", "name", "name_en", "state", "kind__name", "kind__name_en"),
    *("local_partner__name", "local_partner__name_en"),
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The live numbers: rows that the public can open; ``announced`` is what the county published, 0 if unknown,
    ``filed`` how many of those are on file."""

    bases: int
    universities: int
    agreements: int
    announced: int = 0
    filed: int = 0
    source: str = ""
    source_en: str = ""

    @property
    def missing(self) -> int:
        """How many announced bases are not on file yet."""
        return max(self.announced - self.filed, 0)


def numbers() -> Numbers:
    """Count what is public today, synthetic rows aside.

    Four plain statements: measured, they cost less than one that holds the others as subqueries.
    """
    figures = AnnouncedFigure.objects.filter(key=ANNOUNCED_BASES).values_list("value", "source", "source_en")
    announced, source, source_en = figures.first() or (0, "", "")
    counted = (
        Base.objects.public()
        .filter(is_demo=False)
        .aggregate(on_file=Count("pk"), announced=Count("pk", filter=Q(in_announced_count=True)))
    )
    return Numbers(
        bases=counted["on_file"],
        universities=Organisation.objects.public().universities().filter(is_demo=False).count(),
        agreements=Agreement.objects.public().signed().filter(is_demo=False).count(),
        announced=announced or 0,
        filed=counted["announced"],
        source=source,
        source_en=source_en,
    )


def latest_bases() -> list[dict[str, Any]]:
    """Return the bases unveiled last; those without a date follow, the last edited first (two statements).

    Each is a row with the names of kind and partner in both languages and ``universities``, pairs of names.
    """
    rows = list(
        Base.objects.public()
        .order_by(F("plaque_on").desc(nulls_last=True), F("plaque_year").desc(nulls_last=True), "-updated_at", "-pk")
        .values(*_COLUMNS)[:LATEST_BASES]
    )
    names: dict[int, list[tuple[str, str]]] = {row["pk"]: [] for row in rows}
    links = BaseUniversity.objects.filter(base__in=names).order_by("pk")
    for base, name, name_en in links.values_list("base_id", "university__name", "university__name_en"):
        names[base].append((name, name_en))
    return [row | {"universities": names[row["pk"]]} for row in rows]


def next_deadlines() -> QuerySet[Agreement]:
    """Return the public agreements that end within 90 days, soonest first."""
    return Agreement.objects.public().ending_within().only("title", "title_en", "valid_until")[:NEXT_DEADLINES]


def last_days_to_apply() -> QuerySet[Position]:
    """Return the open positions whose last day to apply is nearest."""
    rows = Position.objects.open().select_related("host").order_by("apply_until", "pk")
    return rows.only("title", "title_en", "apply_until", "host__name", "host__name_en")[:LAST_DAYS]


def running_notices() -> QuerySet[PublicNotice]:
    """Return the public notices that are up today, those that come down first in front."""
    return public_notices().order_by("ends_on", "pk")[:RUNNING_NOTICES]
