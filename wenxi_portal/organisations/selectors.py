"""Reads of organisations."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from wenxi_portal.organisations.models import Organisation


def names_of(ids: Collection[str]) -> QuerySet[Any, tuple[int, str, str]]:
    """Return number, name and English name of the public organisations among ``ids``."""
    return Organisation.objects.public().filter(pk__in=ids).values_list("pk", "name", "name_en")
