"""The filters of the public list of positions: what each chosen value means and how rows are grouped by it."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone

from internships.enums import Discipline, Sector
from internships.models import Position
from talent.enums import StudyLevel
from wenxi_portal.core.facet_values import one_of, row_id
from wenxi_portal.core.facets import Facet

POSITIONS = Position._meta.db_table
# Hosts and places may be hundreds: those with most positions are offered, the keyword finds the others.
OFFERED = 12
LONGEST_PLACE = 80
# The longest time ahead for which a month or a holiday is understood.
FIRST_YEAR, LAST_YEAR = 2020, 2060

# First and last month and day of the long holidays, for “who is free then”; universities differ by days.
HOLIDAYS = {"summer": ((7, 1), (8, 31)), "winter": ((1, 10), (2, 28))}
_MONTH = re.compile(r"20[2-5]\d-(0[1-9]|1[0-2])")
_HOLIDAY = re.compile(rf"20[2-5]\d-({'|'.join(HOLIDAYS)})")


def _levels(values: Sequence[str]) -> Q:
    """A position without levels is open to every level."""
    return Q(levels__overlap=list(values)) | Q(levels=[])


def _disciplines(values: Sequence[str]) -> Q:
    """A position without fields of study is open to every field."""
    return Q(disciplines__overlap=list(values)) | Q(disciplines=[])


def _starting(months: Sequence[str]) -> Q:
    return reduce(or_, (Q(starts_on__range=_month(month)) for month in months))


def _month(text: str) -> tuple[date, date]:
    year, month = (int(part) for part in text.split("-"))
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _overlapping(holidays: Sequence[str]) -> Q:
    """Positions of which at least one day lies in one of the holidays."""
    spans = [holiday_span(holiday) for holiday in holidays]
    return reduce(or_, (Q(starts_on__lte=last, ends_on__gte=first) for first, last in spans))


def holiday_span(value: str) -> tuple[date, date]:
    """Return first and last day of a holiday such as ``2027-summer``."""
    year, name = value.split("-")
    first, last = HOLIDAYS[name]
    return date(int(year), *first), date(int(year), *last)


def _matched(pattern: re.Pattern[str], value: str) -> str:
    return value if pattern.fullmatch(value) else ""


def _each(column: str, every: Sequence[str]) -> str:
    """Return the join that gives a position a row for each value of a list; an empty list stands for every value."""
    values = ", ".join(f"'{value}'" for value in every)
    found = f"CASE WHEN cardinality(p.{column}) = 0 THEN ARRAY[{values}]::varchar[] ELSE p.{column} END"
    return f"JOIN {POSITIONS} p ON p.id = m.id JOIN LATERAL unnest({found}) each(value) ON true"


def _each_holiday() -> str:
    """Return the join that gives a position a row for each holiday of which a day lies in its time."""
    holidays = " UNION ALL ".join(
        f"SELECT y || '-{name}', make_date(y, {first[0]}, {first[1]}), make_date(y, {last[0]}, {last[1]})"
        for name, (first, last) in HOLIDAYS.items()
    )
    return (
        f"JOIN {POSITIONS} p ON p.id = m.id JOIN LATERAL ("  # noqa: S608 - words of our own
        f"SELECT h.value FROM generate_series(date_part('year', p.starts_on)::int, date_part('year', p.ends_on)::int)"
        f" y, LATERAL ({holidays}) h(value, first, last) WHERE p.starts_on <= h.last AND p.ends_on >= h.first"
        f") each(value) ON true"
    )


SECTOR = Facet("sector", clean=one_of(Sector.values), condition=lambda values: Q(sector__in=values), column="sector")
DISCIPLINE = Facet(
    "field",
    clean=one_of(Discipline.values),
    condition=_disciplines,
    linked="each.value",
    link=_each("disciplines", Discipline.values),
)
LEVEL = Facet(
    "level",
    clean=one_of(StudyLevel.values),
    condition=_levels,
    linked="each.value",
    link=_each("levels", StudyLevel.values),
)
START = Facet("start", clean=lambda value: _matched(_MONTH, value), condition=_starting, column="start_month")
HOLIDAY = Facet(
    "holiday",
    clean=lambda value: _matched(_HOLIDAY, value),
    condition=_overlapping,
    linked="each.value",
    link=_each_holiday(),
)
LODGING = Facet(
    "lodging", clean=one_of({"true"}), condition=lambda _values: Q(lodging_offered=True), column="lodging_offered"
)
TRANSPORT = Facet(
    "transport", clean=one_of({"true"}), condition=lambda _values: Q(transport_offered=True), column="transport_offered"
)
HOST = Facet("host", clean=row_id, condition=lambda ids: Q(host__in=ids), column="host_id", most=OFFERED)
PLACE = Facet(
    "place",
    clean=lambda value: value if len(value) <= LONGEST_PLACE else "",
    condition=lambda places: Q(place__in=places),
    column="place",
    most=OFFERED,
)
# Not a filter but the wider list: without it only positions that one can apply for are shown.
CLOSED = Facet("closed", clean=one_of({"too"}), condition=lambda _values: Q(pk__isnull=False))

FACETS = (SECTOR, LEVEL, DISCIPLINE, START, HOLIDAY, LODGING, TRANSPORT, HOST, PLACE, CLOSED)


def is_past(value: str) -> bool:
    """Tell whether a month or holiday is over (China Standard Time): it is offered no more."""
    last = holiday_span(value)[1] if _HOLIDAY.fullmatch(value) else _month(value)[1]
    return last < timezone.localdate()
