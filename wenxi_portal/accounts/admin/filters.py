"""Filters of the list of accounts."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wenxi_portal.accounts.enums import Role
from wenxi_portal.core.admin.filters import ChoiceFilter


class RoleFilter(ChoiceFilter):
    """By role."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The roles."""
        return Role.choices

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Accounts that play the part."""
        return queryset.with_role(Role(value))


class ActiveFilter(ChoiceFilter):
    """By whether an account may be used."""

    title = _("active")
    parameter_name = "active"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """In use or switched off."""
        return [("yes", _("in use")), ("no", _("switched off"))]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Accounts in use, or switched off."""
        return queryset.filter(is_active=value == "yes")
