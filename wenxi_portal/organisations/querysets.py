"""Queries about organisations."""

from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from wenxi_portal.core import search_text
from wenxi_portal.organisations.enums import OrganisationKind

SEE_EVERY_ROW = "organisations.see_every_row"


class OrganisationQuerySet(models.QuerySet[Any]):
    """Organisations by kind, by who may see them and by what somebody typed."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Rows ``user`` may work with: all for the organization department and auditors, else the own ones."""
        if user.has_perm(SEE_EVERY_ROW):  # type: ignore[union-attr]
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(pk__in=own_organisations(user))

    def public(self) -> Self:
        """Rows that public pages may show."""
        return self.filter(is_public=True)

    def universities(self) -> Self:
        """Universities and colleges."""
        return self.filter(kind=OrganisationKind.UNIVERSITY)

    def lead_units(self) -> Self:
        """The lead units: the 8 of 1+8+N."""
        return self.filter(kind=OrganisationKind.LEAD_UNIT)

    def hosts(self) -> Self:
        """Enterprises, schools, hospitals and offices that take interns."""
        return self.filter(kind=OrganisationKind.HOST)

    def matching(self, text: str) -> Self:
        """Rows found by characters, pinyin or initials; nothing typed finds every row."""
        found = search_text.query(text)
        if found is None:
            return self if not text.strip() else self.none()
        return self.filter(search_vector=found)

    def in_name_order(self) -> Self:
        """Sorted by pinyin."""
        return self.order_by("sort_key", "pk")


class MembershipQuerySet(models.QuerySet[Any]):
    """Who belongs where, and when."""

    def current(self) -> Self:
        """Memberships that hold today (China Standard Time)."""
        today = timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gte=today), since__lte=today)


def own_organisations(user: AbstractBaseUser | AnonymousUser) -> models.QuerySet[Any]:
    """Return a subquery of the identifiers of the organisations ``user`` belongs to today."""
    memberships = user.memberships.current()  # type: ignore[union-attr]
    return memberships.values("organisation_id")
