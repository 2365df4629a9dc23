"""Filters of the list of organisations, and the filter by organisation of every list."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.organisations.enums import HostKind, OrganisationKind
from wenxi_portal.organisations.models import Organisation


class KindFilter(ChoiceFilter):
    """By what an organisation is to the programme."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The kinds."""
        return OrganisationKind.choices

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Organisations of the kind."""
        return queryset.filter(kind=value)


class HostKindFilter(ChoiceFilter):
    """By sort of host."""

    title = _("sort of host")
    parameter_name = "host_kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The sorts."""
        return HostKind.choices

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Hosts of the sort."""
        return queryset.filter(host_kind=value)


class CurrentFilter(ChoiceFilter):
    """By whether a membership holds today."""

    title = _("in force")
    parameter_name = "current"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Today or not."""
        return [("yes", _("today")), ("no", _("ended or not begun"))]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Memberships that hold today, or those that do not."""
        current = queryset.model.objects.current()
        if value == "yes":
            return queryset.filter(pk__in=current.values("pk"))
        return queryset.exclude(pk__in=current.values("pk"))


class OrganisationFilter(ChoiceFilter):
    """One organisation, among those that occur in the rows the person sees; ``field`` leads to it."""

    field = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Those that occur."""
        keys = model_admin.get_queryset(request).order_by().values(self.field).distinct()
        found = Organisation.objects.filter(pk__in=keys).in_name_order()
        return [(str(pk), name) for pk, name in found.values_list("pk", "name")]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows of one."""
        return queryset.filter(**{self.field: value})
