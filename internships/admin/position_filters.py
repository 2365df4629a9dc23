"""Filters of the list of positions."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from internships.enums import PositionState, Sector
from internships.selectors.waiting import overdue_reviews, soon_silent
from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.organisations.models import Organisation


class PositionStateFilter(ChoiceFilter):
    """By state."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The states."""
        return PositionState.choices

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows in the state."""
        return queryset.filter(state=value)


class SectorFilter(ChoiceFilter):
    """By kind of work."""

    title = pgettext_lazy("of a position", "kind")
    parameter_name = "sector"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The kinds."""
        return Sector.choices

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows of the kind."""
        return queryset.filter(sector=value)


class PositionUnitFilter(ChoiceFilter):
    """By lead unit."""

    title = _("lead unit")
    parameter_name = "lead_unit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The lead units by pinyin."""
        units = Organisation.objects.lead_units().in_name_order().values_list("pk", "name")
        return [(str(pk), name) for pk, name in units]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows of the unit."""
        return queryset.filter(lead_unit=value)


class PositionWaitingFilter(ChoiceFilter):
    """By what a position waits for."""

    title = _("what it waits for")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The queues of the first page that are no state."""
        return [
            ("overdue", _("Reviews past their time")),
            ("silent", _("Positions the host has not confirmed")),
            ("open", _("Open for applications")),
        ]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows of the queue."""
        if value == "open":
            return queryset.open()  # type: ignore[attr-defined]
        return overdue_reviews(queryset) if value == "overdue" else soon_silent(queryset)
