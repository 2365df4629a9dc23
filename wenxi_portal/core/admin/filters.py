"""Filters of the lists: friendly names in the address, an empty list for a value nobody knows."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter


class ChoiceFilter(DropdownFilter):
    """A drop-down whose ``apply(queryset, value)`` narrows the list to one of its choices."""

    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """All rows without a choice, none for an unknown one."""
        value = self.value()
        if not value:
            return queryset
        if value not in {str(key) for key, _label in self.lookup_choices}:
            return queryset.none()
        return self.apply(queryset, value)
