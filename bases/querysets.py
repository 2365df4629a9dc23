"""Queries that speak of bases, agreements and papers."""

from datetime import timedelta
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from bases.enums import PUBLIC_BASE_STATES, AgreementState, BaseState
from wenxi_portal.core import search_text
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW, own_organisations

Visitor = AbstractBaseUser | AnonymousUser

EXPIRY_WARNING_DAYS = 90


class BaseKindQuerySet(models.QuerySet[Any]):
    """The twelve kinds."""

    def in_official_order(self) -> Self:
        """As in the list of 2021."""
        return self.order_by("number")


class BaseQuerySet(models.QuerySet[Any]):
    """Bases by state, by who may see them and by what somebody typed."""

    def public(self) -> Self:
        """Bases that public pages may show: everything that has been unveiled once."""
        return self.filter(state__in=PUBLIC_BASE_STATES)

    def visible_to(self, user: Visitor) -> Self:
        """Rows ``user`` may work with: all for the organization department and auditors, else those of the own units.

        A university or a host sees the bases it takes part in, once they are public.
        """
        if user.has_perm(SEE_EVERY_ROW):  # type: ignore[union-attr]
            return self
        if not user.is_authenticated:
            return self.none()
        own = own_organisations(user)
        taking_part = Exists(self.model.universities.through.objects.filter(base=OuterRef("pk"), university__in=own))
        return self.filter(
            Q(lead_unit__in=own) | Q(state__in=PUBLIC_BASE_STATES) & (Q(local_partner__in=own) | taking_part)
        )

    def readable_by(self, user: Visitor) -> Self:
        """Rows whose public page opens for ``user``: public ones, and the drafts among those visible to them."""
        if not user.is_authenticated:
            return self.public()
        return self.filter(
            Q(pk__in=self.model.objects.public().values("pk"))
            | Q(pk__in=self.model.objects.visible_to(user).values("pk"))
        )

    def of_kind(self, number: int) -> Self:
        """Bases of the kind, and those whose kind is to be settled and may turn out to be it."""
        candidate = Exists(self.model.candidate_kinds.through.objects.filter(base=OuterRef("pk"), kind__number=number))
        return self.filter(Q(kind__number=number) | candidate)

    def matching(self, text: str) -> Self:
        """Rows found by characters, pinyin or initials of names, universities and partners."""
        found = search_text.query(text)
        if found is None:
            return self if not text.strip() else self.none()
        return self.filter(search_vector=found)

    def awaiting_unveiling(self) -> Self:
        """Planned bases."""
        return self.filter(state=BaseState.PLANNED)

    def with_gaps(self) -> Self:
        """Public bases about which something the public page wants is not on file."""
        return self.public().filter(
            Q(kind__isnull=True)
            | Q(lead_unit__isnull=True)
            | Q(local_partner__isnull=True)
            | Q(plaque_year__isnull=True)
        )


class AgreementQuerySet(models.QuerySet[Any]):
    """Agreements by state, by who may see them and by when they end."""

    def public(self) -> Self:
        """Agreements that public pages may show."""
        return self.filter(is_public=True)

    def visible_to(self, user: Visitor) -> Self:
        """Rows ``user`` may work with: all for the organization department and auditors, else those of the own units.

        A university or a host sees public agreements to which it is a party.
        """
        if user.has_perm(SEE_EVERY_ROW):  # type: ignore[union-attr]
            return self
        if not user.is_authenticated:
            return self.none()
        own = own_organisations(user)
        party = Exists(
            self.model.parties.rel.related_model.objects.filter(agreement=OuterRef("pk"), organisation__in=own)
        )
        return self.filter(Q(lead_unit__in=own) | Q(is_public=True) & party)

    def signed(self) -> Self:
        """Agreements that stand signed, whether or not their last day is known."""
        return self.filter(state=AgreementState.SIGNED)

    def intents(self) -> Self:
        """Agreements not signed yet."""
        return self.filter(state=AgreementState.INTENT)

    def ending_within(self, days: int = EXPIRY_WARNING_DAYS) -> Self:
        """Signed agreements whose last day is today or within ``days`` calendar days, soonest first."""
        today = timezone.localdate()
        return self.filter(
            state=AgreementState.SIGNED, valid_until__range=(today, today + timedelta(days=days))
        ).order_by("valid_until")

    def overdue(self) -> Self:
        """Signed agreements whose last day has passed and that nobody has closed or renewed yet."""
        return self.filter(state=AgreementState.SIGNED, valid_until__lt=timezone.localdate())

    def matching(self, text: str) -> Self:
        """Rows found by characters, pinyin or initials of title and parties."""
        found = search_text.query(text)
        if found is None:
            return self if not text.strip() else self.none()
        return self.filter(search_vector=found)


class DocumentQuerySet(models.QuerySet[Any]):
    """Papers by who may read them."""

    def current(self) -> Self:
        """Papers that no newer one replaces."""
        return self.filter(replaced_by__isnull=True)

    def public(self) -> Self:
        """Papers that everybody may read: marked so, the newest version, of a record that is itself public."""
        shown = Q(base__state__in=PUBLIC_BASE_STATES) | Q(agreement__is_public=True)
        return self.current().filter(shown, is_public=True)
