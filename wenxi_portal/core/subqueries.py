"""Expressions that several rooms count with."""

from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce


def number_of(rows: QuerySet[Any]) -> Coalesce:
    """Return the expression that counts the different ``rows`` of a subquery; 0 when there are none."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk", distinct=True))
    return Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)
