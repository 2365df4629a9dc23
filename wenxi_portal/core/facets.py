"""Filters with counts: which values a list can be narrowed by, and how many rows each would leave.

Within one facet several values widen the choice (or), between facets they narrow it (and). The count beside a value
is taken with the choices of all *other* facets applied, so that it tells what choosing the value brings. All counts
of a list come from one statement that reads the rows once: each row is marked with the facets it fails, then all
facets are grouped side by side (GROUPING SETS).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Case, IntegerField, Q, Value, When

UNKNOWN = "unknown"
MOST = 100

Chosen = Mapping[str, Sequence[str]]
Rows = TypeVar("Rows", bound=models.QuerySet[Any])


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a list.

    ``clean`` returns the form in which a value from an address is compared, or an empty text for one that cannot be.
    ``condition`` turns chosen values into the filter they mean. Rows are grouped by ``column``; what a row belongs to
    by another table is named by ``linked`` (the SQL of the value) and ``link`` (the join with the rows, called ``m``);
    counts of both are added. NULL and the empty text count as UNKNOWN. At most ``most`` values are returned: those
    with most rows, and whatever is chosen.
    """

    name: str
    clean: Callable[[str], str]
    condition: Callable[[Sequence[str]], Q]
    column: str = ""
    linked: str = ""
    link: str = ""
    most: int = MOST


@dataclass(frozen=True, slots=True)
class Bucket:
    """A value of a facet with the number of rows it would leave, and its names where a room gave it some."""

    key: str
    count: int
    name: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """What one statement tells about a list: rows in all, buckets of each facet, rows if one facet were dropped."""

    total: int
    buckets: Mapping[str, list[Bucket]]
    without: Mapping[str, int] = field(default_factory=dict)


def narrow(rows: Rows, facets: Iterable[Facet], chosen: Chosen) -> Rows:
    """Return those of ``rows`` that every facet with chosen values lets through."""
    conditions = [facet.condition(chosen[facet.name]) for facet in facets if chosen.get(facet.name)]
    return rows.filter(*conditions)


def count(rows: models.QuerySet[Any], facets: Sequence[Facet], chosen: Chosen) -> Counts:
    """Count ``rows`` by every facet in one statement."""
    bits = {name: 1 << at for at, name in enumerate(facet.name for facet in facets if chosen.get(facet.name))}
    try:
        marked, params = _marked(rows, facets, chosen, bits)
    except EmptyResultSet:
        # Django knows beforehand that no row can match, and has no statement for it.
        return _read([], facets, chosen, bits)
    branches = [_side_by_side(facets, bits), *(_linked(facet, bits) for facet in facets if facet.linked)]
    # No text of a visitor is ever part of the statement: conditions come from Django, values are parameters.
    statement = f"""
        WITH m AS NOT MATERIALIZED ({marked})
        SELECT facet, key, n FROM (
            SELECT *, row_number() OVER (PARTITION BY facet ORDER BY n DESC, key) AS place
            FROM ({" UNION ALL ".join(branches)}) counted WHERE n > 0
        ) placed WHERE place <= {_limits(facets)} OR key IS NULL OR key = '' OR key = ANY(%s)
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, [value for values in chosen.values() for value in values]])
        return _read(cursor.fetchall(), facets, chosen, bits)


def _marked(
    rows: models.QuerySet[Any], facets: Sequence[Facet], chosen: Chosen, bits: Mapping[str, int]
) -> tuple[str, tuple[Any, ...]]:
    """Return the statement that lists rows with the columns to group by and the sum of the bits they fail."""
    misses = [
        Case(When(facet.condition(chosen[facet.name]), then=0), default=bits[facet.name], output_field=IntegerField())
        for facet in facets
        if facet.name in bits
    ]
    failing = reduce(add, misses) if misses else Value(0, output_field=IntegerField())
    columns = [facet.column for facet in facets if facet.column]
    return rows.order_by().annotate(failing=failing).values("id", *columns, "failing").query.sql_with_params()


def _side_by_side(facets: Sequence[Facet], bits: Mapping[str, int]) -> str:
    """Return the statement that counts by each column, and by ``failing`` for the totals, in one reading."""
    columns = {facet.column: facet.name for facet in facets if facet.column}
    sets = [*columns, "failing"]
    mask = f"grouping({', '.join(sets)})"
    # grouping() has a 0 for the columns that a set groups by, the last column in the lowest bit.
    masks = {(1 << len(sets)) - 1 - (1 << (len(sets) - 1 - at)): column for at, column in enumerate(sets)}
    names = " ".join(f"WHEN {bit} THEN '{columns[column]}'" for bit, column in masks.items() if column in columns)
    numbers = " ".join(
        f"WHEN {bit} THEN count(*) {_passing(columns[column], bits, 'FILTER (WHERE {})')}"
        for bit, column in masks.items()
        if columns.get(column) in bits
    )
    passing = f"count(*) {_passing('', bits, 'FILTER (WHERE {})')}"
    totals = next(bit for bit, column in masks.items() if column == "failing")
    return f"""
        SELECT CASE {mask} {names} END AS facet, coalesce({", ".join(f"{column}::text" for column in sets)}) AS key,
            CASE {mask} WHEN {totals} THEN count(*) {numbers} ELSE {passing} END AS n
        FROM m GROUP BY GROUPING SETS ({", ".join(f"({column})" for column in sets)})
    """  # noqa: S608


def _linked(facet: Facet, bits: Mapping[str, int]) -> str:
    """Return the statement that counts by a value of a joined table."""
    where = _passing(facet.name, bits, "WHERE {}")
    return (
        f"SELECT '{facet.name}', {facet.linked}::text, count(*) FROM m {facet.link} {where} "  # noqa: S608
        f"GROUP BY {facet.linked}"
    )


def _limits(facets: Sequence[Facet]) -> str:
    """Return the SQL of how many values of a facet are read: one more than is shown, UNKNOWN may be among them."""
    limits = " ".join(f"WHEN '{facet.name}' THEN {facet.most + 1}" for facet in facets if facet.most < MOST)
    return f"CASE facet {limits} ELSE {MOST} END" if limits else str(MOST)


def _passing(name: str, bits: Mapping[str, int], clause: str) -> str:
    """Return the clause that lets rows through that fail nothing, or at most the facet itself."""
    # A condition that always holds is left out: the planner would take it for one that hardly ever does.
    return clause.format(f"failing IN (0, {bits.get(name, 0)})") if bits else ""


def _read(
    found: list[tuple[str | None, str | None, int]], facets: Sequence[Facet], chosen: Chosen, bits: Mapping[str, int]
) -> Counts:
    by_facet: dict[str, dict[str, int]] = {facet.name: defaultdict(int) for facet in facets}
    by_mask: dict[int, int] = {}
    for name, key, number in found:
        if name is None:
            by_mask[int(key or 0)] = number
        else:
            by_facet[name][key or UNKNOWN] += number
    total = by_mask.get(0, 0)
    buckets = {facet.name: _buckets(facet, by_facet[facet.name], chosen.get(facet.name, ())) for facet in facets}
    return Counts(total, buckets, {name: total + by_mask.get(bit, 0) for name, bit in bits.items()})


def _buckets(facet: Facet, numbers: Mapping[str, int], chosen: Sequence[str]) -> list[Bucket]:
    ranked = sorted(numbers.keys() - {UNKNOWN}, key=lambda key: (-numbers[key], key))
    kept = [key for place, key in enumerate(ranked) if place < facet.most or key in chosen]
    return [Bucket(key, numbers[key]) for key in (*kept, UNKNOWN) if key in numbers]
