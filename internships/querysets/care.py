"""Beds, requests and activities by who may see them."""

from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from internships.enums import (
    ActivityState,
    CaseState,
)
from internships.querysets.stays import OfPlacementQuerySet
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW, own_organisations

Visitor = AbstractBaseUser | AnonymousUser
SERVICE_MOBILE_CONTEXT = "internships.service.mobile"


class LodgingQuerySet(models.QuerySet[Any]):
    """Lodgings and shuttles."""

    def visible_to(self, user: Visitor) -> Self:
        """Those of the own unit; for the department all."""
        if user.has_perm(SEE_EVERY_ROW):  # type: ignore[union-attr]
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(owner_unit__in=own_organisations(user))


class CaseQuerySet(OfPlacementQuerySet):
    """Requests for support."""

    def visible_to(self, user: Visitor) -> Self:
        """Requests the own unit is in charge of, and the own ones; a host sees none that it is not in charge of."""
        if user.has_perm(SEE_EVERY_ROW):  # type: ignore[union-attr]
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(placement__student__user=user) | Q(unit__in=own_organisations(user)))

    def waiting(self) -> Self:
        """Requests without an answer, most urgent first."""
        return self.filter(state__in=[CaseState.RECEIVED, CaseState.IN_HAND]).order_by("-is_urgent", "due_on", "pk")


class ServiceRequestQuerySet(models.QuerySet[Any]):
    """Requests at the one window."""

    def visible_to(self, user: Visitor) -> Self:
        """The own ones, and those the own unit is in charge of."""
        if user.has_perm(SEE_EVERY_ROW):  # type: ignore[union-attr]
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(user=user) | Q(unit__in=own_organisations(user)))

    def waiting(self) -> Self:
        """Requests without an answer, oldest deadline first."""
        return self.filter(state__in=[CaseState.RECEIVED, CaseState.IN_HAND]).order_by("due_on", "pk")


class ActivityQuerySet(models.QuerySet[Any]):
    """Group activities."""

    def visible_to(self, user: Visitor) -> Self:
        """Those of the own unit; for the department all."""
        if user.has_perm(SEE_EVERY_ROW):  # type: ignore[union-attr]
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(unit__in=own_organisations(user))

    def open(self) -> Self:
        """Activities one can sign up for."""
        return self.filter(state=ActivityState.OPEN, begins_at__gt=timezone.now())
