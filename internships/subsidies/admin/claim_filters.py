"""By what the list of claims is narrowed."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from internships.subsidies.enums import ClaimState, FlagKind
from internships.subsidies.models import ClaimFlag, Scheme
from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.organisations.admin.filters import OrganisationFilter

OVERDUE = "overdue"


class ClaimStateFilter(ChoiceFilter):
    """By state, and those that wait for the student beyond their day."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The states in the order of the way."""
        return [(OVERDUE, _("window closed, not handed in")), *ClaimState.choices]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Claims in the state."""
        if value == OVERDUE:
            return queryset.past_due(timezone.localdate())  # type: ignore[attr-defined,no-any-return]
        return queryset.filter(state=value)


class HeldFilter(ChoiceFilter):
    """By what holds a claim."""

    title = pgettext_lazy("claim", "held")
    parameter_name = "held"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Anything, nothing, or one kind of finding."""
        return [("yes", _("by any finding")), ("no", _("by none")), *FlagKind.choices]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Claims with such an open finding."""
        flags = ClaimFlag.objects.filter(claim=OuterRef("pk"), cleared_at__isnull=True)
        if value == "no":
            return queryset.exclude(Exists(flags))
        return queryset.filter(Exists(flags if value == "yes" else flags.filter(kind=value)))


class SchemeFilter(ChoiceFilter):
    """By scheme."""

    title = _("scheme")
    parameter_name = "scheme"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every scheme."""
        return [(str(pk), name) for pk, name in Scheme.objects.values_list("pk", "name")]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Its claims."""
        return queryset.filter(scheme=value)


class RoundFilter(ChoiceFilter):
    """By how often a review had to be made again."""

    title = _("round of review")
    parameter_name = "round"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The first, or a later one."""
        return [("first", pgettext_lazy("round", "first")), ("again", pgettext_lazy("round", "again"))]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Claims in it."""
        return queryset.filter(round=1) if value == "first" else queryset.filter(round__gt=1)


class UnitFilter(OrganisationFilter):
    """Lead unit."""

    title = _("lead unit")
    parameter_name = "unit"
    field = "lead_unit"


class HostFilter(OrganisationFilter):
    """Host."""

    title = _("host")
    parameter_name = "host"
    field = "host"
