"""Filters of the list of policies."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from internships.subsidies.enums import PolicyState
from internships.subsidies.models import Scheme
from wenxi_portal.core.admin.filters import ChoiceFilter


class PolicyStateFilter(ChoiceFilter):
    """By state."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The states."""
        return PolicyState.choices

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows in the state."""
        return queryset.filter(state=value)


class SchemeFilter(ChoiceFilter):
    """By scheme."""

    title = _("scheme")
    parameter_name = "scheme"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The schemes."""
        return list(Scheme.objects.values_list("code", "name"))

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows of the scheme."""
        return queryset.filter(scheme__code=value)
