"""Filters of the lists of bases and agreements."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bases.enums import AgreementKind, AgreementState, BaseState
from bases.models import Base, BaseKind
from bases.selectors.waiting import LADDER, ending_within_step, long_intents, stale_bases, without_signed_scan
from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.organisations.models import Organisation

UNKNOWN = "unknown"


class KindFilter(ChoiceFilter):
    """By one of the twelve kinds, including bases whose kind may turn out to be it."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The kinds in official order."""
        kinds = BaseKind.objects.in_official_order()
        return [(str(kind.number), f"{kind.number}. {kind.name}") for kind in kinds] + [(UNKNOWN, _("to be settled"))]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Bases of the kind."""
        return queryset.filter(kind__isnull=True) if value == UNKNOWN else queryset.of_kind(int(value))


class BaseStateFilter(ChoiceFilter):
    """By state."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The states."""
        return BaseState.choices

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows in the state."""
        return queryset.filter(state=value)


class AgreementStateFilter(BaseStateFilter):
    """By state."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The states."""
        return AgreementState.choices


class AgreementKindFilter(ChoiceFilter):
    """By what sort of paper it is."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The kinds."""
        return AgreementKind.choices

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows of the kind."""
        return queryset.filter(kind=value)


class LeadUnitFilter(ChoiceFilter):
    """By lead unit."""

    title = _("lead unit")
    parameter_name = "lead_unit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The lead units by pinyin."""
        units = Organisation.objects.lead_units().in_name_order().values_list("pk", "name")
        return [(str(pk), name) for pk, name in units] + [(UNKNOWN, _("no lead unit"))]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows of the unit."""
        return queryset.filter(lead_unit__isnull=True) if value == UNKNOWN else queryset.filter(lead_unit=value)


class YearFilter(ChoiceFilter):
    """By year of unveiling."""

    title = _("year of unveiling")
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The years on file, newest first."""
        years = Base.objects.filter(plaque_year__isnull=False).order_by("-plaque_year")
        found = years.values_list("plaque_year", flat=True).distinct()
        return [(str(year), str(year)) for year in found] + [(UNKNOWN, _("not on file"))]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows of the year."""
        return queryset.filter(plaque_year__isnull=True) if value == UNKNOWN else queryset.filter(plaque_year=value)


class BaseWaitingFilter(ChoiceFilter):
    """By what a base waits for."""

    title = _("what it waits for")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The queues of the first page that are no state."""
        return [("gaps", _("Public bases with gaps")), ("stale", _("Bases without news for half a year"))]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows of the queue."""
        return queryset.with_gaps() if value == "gaps" else stale_bases(queryset)


class AgreementWaitingFilter(ChoiceFilter):
    """By what an agreement waits for."""

    title = _("what it waits for")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The queues of the first page that are no state."""
        return [
            ("unsigned", _("Intents not signed yet")),
            ("no_scan", _("Signed agreements without a signed scan")),
        ]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows of the queue."""
        return long_intents(queryset) if value == "unsigned" else without_signed_scan(queryset)


class ExpiryFilter(ChoiceFilter):
    """By how soon a signed agreement ends: the steps of the ladder."""

    title = _("expiry")
    parameter_name = "expiry"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Overdue, the steps, and without a last day."""
        steps = {
            7: _("Agreements ending within 7 days"),
            30: _("Agreements ending within 30 days"),
            90: _("Agreements ending within 90 days"),
        }
        return [
            ("overdue", _("Agreements past their last day")),
            *((str(step), steps[step]) for step in LADDER),
            ("none", _("no last day")),
        ]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows of the window."""
        if value == "overdue":
            return queryset.overdue()
        if value == "none":
            return queryset.filter(state=AgreementState.SIGNED, valid_until__isnull=True)
        return ending_within_step(queryset, int(value))
