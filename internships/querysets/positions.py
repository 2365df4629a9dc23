"""Positions by who may see them, and by whether one can apply."""

from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone

from bases.enums import BaseState
from internships.enums import (
    PositionState,
)
from wenxi_portal.core import search_text
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW, own_organisations

Visitor = AbstractBaseUser | AnonymousUser
PUBLIC_POSITION_STATES = (PositionState.PUBLISHED, PositionState.CLOSED)


def silent_since() -> date:
    """Return the last day on which a host's confirmation is too old (POSITION_RECONFIRM_DAYS calendar days ago)."""
    return timezone.localdate() - timedelta(days=settings.POSITION_RECONFIRM_DAYS + 1)


def open_condition() -> Q:
    """Return when one can apply: base at work, host heard of, a seat free, the day not passed.

    Derived and pushed nowhere: a base that is suspended closes its positions by this condition.
    """
    today = timezone.localdate()
    return Q(
        Q(base__isnull=True) | Q(base__state=BaseState.UNVEILED),
        state=PositionState.PUBLISHED,
        apply_until__gte=today,
        ends_on__gte=today,
        reconfirmed_on__gt=silent_since(),
        seats_taken__lt=F("seats"),
        host__is_public=True,
    )


class PositionQuerySet(models.QuerySet[Any]):
    """Positions by who may see them, and by whether one can apply."""

    def visible_to(self, user: Visitor) -> Self:
        """Positions ``user`` works with: all, or those of the own lead unit and those of the own host."""
        if user.has_perm(SEE_EVERY_ROW):  # type: ignore[union-attr]
            return self
        if not user.is_authenticated:
            return self.none()
        own = own_organisations(user)
        return self.filter(Q(lead_unit__in=own) | Q(host__in=own))

    def public(self) -> Self:
        """Positions that public pages may show: published ones, and closed ones that were published."""
        return self.filter(state__in=PUBLIC_POSITION_STATES, published_at__isnull=False)

    def open(self) -> Self:
        """Positions one can apply for today (see ``open_condition``)."""
        return self.filter(open_condition())

    def with_openness(self) -> Self:
        """Positions with ``is_open``: whether one can apply today."""
        return self.annotate(
            is_open=Case(When(open_condition(), then=True), default=False, output_field=models.BooleanField())
        )

    def of_hosts(self, user: Visitor) -> Self:
        """Positions of the hosts ``user`` belongs to."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(host__in=own_organisations(user))

    def with_free_seat(self) -> Self:
        """Positions that were published and have a seat left, whether or not one can still apply."""
        return self.filter(state__in=PUBLIC_POSITION_STATES, published_at__isnull=False, seats_taken__lt=F("seats"))

    def past_their_day(self) -> Self:
        """Published positions whose last day to apply has passed."""
        return self.filter(state=PositionState.PUBLISHED, apply_until__lt=timezone.localdate())

    def silent(self) -> Self:
        """Published positions that the host has not confirmed in time."""
        return self.filter(state=PositionState.PUBLISHED, reconfirmed_on__lte=silent_since())

    def full(self) -> Self:
        """Published positions without a free seat."""
        return self.filter(state=PositionState.PUBLISHED, seats_taken__gte=F("seats"))

    def waiting_for_review(self) -> Self:
        """Positions the lead unit has to review."""
        return self.filter(state=PositionState.IN_REVIEW)

    def matching(self, text: str) -> Self:
        """Rows found by characters, pinyin or initials of title, host, place and majors."""
        found = search_text.query(text)
        if found is None:
            return self if not text.strip() else self.none()
        return self.filter(search_vector=found)
