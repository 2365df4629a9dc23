"""Rows found first and put in order afterwards, each looked up once."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F, OrderBy, QuerySet


def found_first(rows: QuerySet[Any], ordering: Sequence[Any], most: int) -> list[Any]:
    """Return the keys of some ``most`` of ``rows`` in the order of ``ordering``.

    Which ones of more rows it takes, the database chooses. The columns of the order are read together with the keys:
    the limit stands between the search and the order, so that nobody walks along the order past rows that do not match.
    """
    columns: dict[str, Any] = {}
    order = []
    for at, by in enumerate(_needed(ordering)):
        columns[f"order_{at}"] = by.expression
        order.append(f'"order_{at}" {"DESC" if by.descending else "ASC"}{_nulls(by)}')
    found = rows.order_by().values(**columns, found_key=F("pk"))[:most]
    try:
        sql, params = found.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connections[rows.db].cursor() as cursor:
        # Nothing in these words comes from outside: the names of the columns are given above.
        cursor.execute(f'SELECT "found_key" FROM ({sql}) AS found ORDER BY {", ".join(order)}', params)  # noqa: S608
        return list(dict.fromkeys(key for (key,) in cursor.fetchall()))


def _needed(ordering: Sequence[Any]) -> list[OrderBy]:
    """Return the terms of an order up to the key, each column once: the admin repeats them."""
    terms: dict[str, OrderBy] = {}
    for term in map(_order_by, ordering):
        terms.setdefault(repr(term.expression), term)
        if repr(term.expression) == repr(F("pk")):
            break
    return list(terms.values())


def _order_by(term: Any) -> OrderBy:
    if isinstance(term, OrderBy):
        return term
    if isinstance(term, str):
        return OrderBy(F(term.removeprefix("-")), descending=term.startswith("-"))
    return OrderBy(term)


def _nulls(by: OrderBy) -> str:
    if by.nulls_first:
        return " NULLS FIRST"
    return " NULLS LAST" if by.nulls_last else ""
