"""Filters with counts: which values a list can be narrowed by, and how many rows each would leave.

Within one facet several values widen the choice (or), between facets they narrow it (and). The count beside a value
is taken with the choices of all *other* facets applied, so that it tells what choosing the value brings. All counts
of a list come from one statement: rows are marked once with the facets they fail, then grouped by each facet.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from typing import Any

from django.db import connection, models
from django.db.models import Case, IntegerField, Q, Value, When

UNKNOWN = "unknown"
MOST = 100

Chosen = Mapping[str, Sequence[str]]

_TOTALS = "SELECT NULL, failing::text, count(*), NULL, NULL FROM m GROUP BY failing"


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a list.

    ``clean`` returns the form in which a value from an address is compared, or an empty text for one that cannot be.
    ``condition`` turns chosen values into the filter they mean. ``key`` is the SQL of the value by which marked rows
    ``m`` are grouped: a column named in ``columns``, or one of a table joined by ``joins``; NULL and the empty text
    count as UNKNOWN. ``labels`` names a table with ``id``, ``name``, ``name_en`` and ``sort_key`` whose rows the keys
    are. At most ``most`` values are returned: chosen ones first, then those with most rows.
    """

    name: str
    clean: Callable[[str], str]
    condition: Callable[[Sequence[str]], Q]
    key: str
    columns: tuple[str, ...] = ()
    joins: str = ""
    labels: str = ""
    most: int = MOST


@dataclass(frozen=True, slots=True)
class Bucket:
    """A value of a facet with the number of rows it would leave; names are given where the keys are rows."""

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


def narrow(rows: models.QuerySet[Any], facets: Iterable[Facet], chosen: Chosen) -> models.QuerySet[Any]:
    """Return those of ``rows`` that every facet with chosen values lets through."""
    conditions = [facet.condition(chosen[facet.name]) for facet in facets if chosen.get(facet.name)]
    return rows.filter(*conditions)


def count(rows: models.QuerySet[Any], facets: Sequence[Facet], chosen: Chosen) -> Counts:
    """Count ``rows`` by every facet in one statement."""
    bits = {name: 1 << at for at, name in enumerate(facet.name for facet in facets if chosen.get(facet.name))}
    marked, marked_params = _marked(rows, facets, chosen, bits)
    branches, params = _branches(facets, chosen, bits)
    # No text of a visitor is ever part of the statement: conditions come from Django, values are parameters.
    statement = f"WITH m AS MATERIALIZED ({marked}) {' UNION ALL '.join(branches)}"
    with connection.cursor() as cursor:
        cursor.execute(statement, [*marked_params, *params])
        return _read(cursor.fetchall(), facets, bits)


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
    columns = dict.fromkeys(column for facet in facets for column in facet.columns)
    return rows.order_by().annotate(failing=failing).values("id", *columns, "failing").query.sql_with_params()


def _branches(facets: Sequence[Facet], chosen: Chosen, bits: Mapping[str, int]) -> tuple[list[str], list[Any]]:
    branches = [_TOTALS]
    params: list[Any] = []
    for facet in facets:
        branches.append(_branch(facet, narrowed=bool(bits)))
        # A condition that always holds is left out: the planner would take it for one that hardly ever does.
        passing = [[0, bits.get(facet.name, 0)]] if bits else []
        params += [facet.name, *passing, list(chosen.get(facet.name, ())), facet.most]
    return branches, params


def _branch(facet: Facet, *, narrowed: bool) -> str:
    passing = "WHERE m.failing = ANY(%s)" if narrowed else ""
    grouped = f"SELECT {facet.key} AS key, count(*) AS n FROM m {facet.joins} {passing} GROUP BY 1"  # noqa: S608
    names, join, order = "NULL, NULL", "", "g.key"
    if facet.labels:
        names, order = "t.name, t.name_en", "t.sort_key"
        join = f"LEFT JOIN {facet.labels} t ON t.id = g.key"
    return (
        f"(SELECT %s, g.key::text, g.n, {names} FROM ({grouped}) g {join} "  # noqa: S608
        f"ORDER BY coalesce(g.key::text = ANY(%s), false) DESC, g.n DESC, {order} LIMIT %s)"
    )


def _read(found: list[tuple[Any, ...]], facets: Sequence[Facet], bits: Mapping[str, int]) -> Counts:
    buckets: dict[str, list[Bucket]] = {facet.name: [] for facet in facets}
    by_mask: dict[int, int] = {}
    for facet, key, number, name, name_en in found:
        if facet is None:
            by_mask[int(key)] = number
        else:
            buckets[facet].append(Bucket(key or UNKNOWN, number, name or "", name_en or ""))
    total = by_mask.get(0, 0)
    return Counts(total, buckets, {name: total + by_mask.get(bit, 0) for name, bit in bits.items()})
