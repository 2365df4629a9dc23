"""How fresh and how complete the databases are: by university, field and township."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from talent.enums import CoverageOf
from talent.models import CoverageFigure, Person
from talent.querysets import Visitor

FRESH_DAYS = 365
MOST_ROWS = 15
MOST_COUNTED_LIVE = 10_000


@dataclass(frozen=True, slots=True)
class Share:
    """People of one university, field or township: all, in touch within a year, confirmed within a year."""

    name: str
    people: int
    in_touch: int
    confirmed: int

    @property
    def percent(self) -> int:
        """In touch, in percent of all."""
        return round(100 * self.in_touch / self.people) if self.people else 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole and its parts. ``worked_out_at`` is None for numbers counted this very moment."""

    whole: Share
    universities: list[Share]
    fields: list[Share]
    townships: list[Share]
    worked_out_at: datetime | None = None


def coverage_for(user: Visitor) -> Coverage:
    """Return the numbers over the records in use that ``user`` may see; each part lists the largest first.

    Up to MOST_COUNTED_LIVE people are counted as they stand now. Of more the figures that a task works out are
    added up.
    """
    people = Person.objects.active().visible_to(user).order_by()
    if people[: MOST_COUNTED_LIVE + 1].count() > MOST_COUNTED_LIVE:
        figures = CoverageFigure.objects.visible_to(user)
        if found := figures.filter(of=CoverageOf.WHOLE).first():
            return _from_figures(figures, found.worked_out_at)
    numbers = people.aggregate(**_counts())
    return Coverage(
        Share("", numbers["people"], numbers["in_touch"], numbers["confirmed"]),
        _shares(people, "educations__university__name"),
        _shares(people, "fields__name"),
        _shares(people.exclude(native_township=""), "native_township"),
    )


def _from_figures(figures: QuerySet[CoverageFigure], worked_out_at: datetime) -> Coverage:
    (whole,) = _added_up(figures, CoverageOf.WHOLE)
    return Coverage(
        whole,
        _added_up(figures, CoverageOf.UNIVERSITY),
        _added_up(figures, CoverageOf.FIELD),
        _added_up(figures, CoverageOf.TOWNSHIP),
        worked_out_at,
    )


def _added_up(figures: QuerySet[CoverageFigure], of: CoverageOf) -> list[Share]:
    rows = figures.filter(of=of).order_by().values_list("name")
    added = rows.annotate(all=Sum("people"), touched=Sum("in_touch"), sure=Sum("confirmed"))
    return [Share(*row) for row in added.order_by("-all", "name")[:MOST_ROWS]]


def _shares(people: QuerySet[Person], column: str) -> list[Share]:
    rows = people.filter(**{f"{column}__isnull": False}).values_list(column).annotate(**_counts())
    return [Share(*row) for row in rows.order_by("-people", column)[:MOST_ROWS]]  # type: ignore[misc]


def _counts() -> dict[str, Count]:
    since = timezone.localdate() - timedelta(days=FRESH_DAYS)
    return {
        "people": Count("pk", distinct=True),
        "in_touch": Count("pk", filter=Q(last_contacted_on__gte=since), distinct=True),
        "confirmed": Count("pk", filter=Q(last_checked_on__gte=since), distinct=True),
    }
