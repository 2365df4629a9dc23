"""Beginnings of words that very many rows carry: looked up in the index they would fetch half the table.

Two letters typed beside a name ask for everything that begins with them, and where every township ends in the same
syllables that is everybody. Such a beginning is checked on the rows that the other words find. What is common, the
database's own statistics tell.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connections
from django.db.models import BooleanField, F, Func, QuerySet

from wenxi_portal.core import search_text

# Statistics are asked about beginnings of so many letters at most: a longer one is seldom common.
LONGEST_COMMON = 3
COMMON_SHARE = 0.25

_SHARE = """
    SELECT coalesce(sum(share), 0)
    FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS common (word, share)
    WHERE schemaname = current_schema() AND tablename = %s AND attname = %s AND starts_with(word, %s)
"""


class Carries(Func):
    """Whether a vector has what a query asks for, said in a way that no index answers."""

    function = "ts_match_vq"
    output_field = BooleanField()


def matching(rows: QuerySet[Any], terms: Sequence[str], column: str) -> Any:
    """Return ``rows`` whose vector in ``column`` has all ``terms`` (as ``search_text.terms`` gives them)."""
    short = [term for term in terms if term.endswith(":*") and len(term) <= LONGEST_COMMON + 2]
    checked = {term for term in short if _share(rows, column, term[:-2]) >= COMMON_SHARE} if len(terms) > 1 else set()
    looked_up = [term for term in terms if term not in checked] or list(terms)
    found = rows.filter(**{column: search_text.query_of(looked_up)})
    if len(looked_up) == len(terms):
        return found
    return found.filter(Carries(F(column), search_text.query_of(sorted(checked))))


def _share(rows: QuerySet[Any], column: str, beginning: str) -> float:
    """Return which share of the rows carries a word of this beginning, about: 0 without statistics."""
    with connections[rows.db].cursor() as cursor:
        cursor.execute(_SHARE, [rows.model._meta.db_table, column, beginning])
        return float(cursor.fetchone()[0])
