"""Reads of organisations."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from wenxi_portal.organisations.models import Organisation


def names_of(ids: Collection[str]) -> QuerySet[Any, tuple[int, str, str, str]]:
    """Return number, sort key, name and English name of the organisations among ``ids``."""
    return Organisation.objects.filter(pk__in=ids).values_list("pk", "sort_key", "name", "name_en")
