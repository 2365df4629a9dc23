"""Reads of organisations."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from wenxi_portal.accounts.models import User
from wenxi_portal.core.once import once
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.querysets import OrganisationQuerySet


def names_of(ids: Collection[str]) -> QuerySet[Any, tuple[int, str, str, str]]:
    """Return number, sort key, name and English name of the organisations among ``ids``."""
    return Organisation.objects.filter(pk__in=ids).values_list("pk", "sort_key", "name", "name_en")


def units_of(user: User | AnonymousUser) -> OrganisationQuerySet:
    """Return the lead units for which ``user`` may enter records, by name."""
    units: OrganisationQuerySet = Organisation.objects.lead_units().visible_to(user).in_name_order()
    return units


def has_unit(user: User | AnonymousUser) -> bool:
    """Tell whether there is such a unit. A page asks once, however many of its parts want to know."""
    return once(("has_unit", user.pk), units_of(user).exists)
