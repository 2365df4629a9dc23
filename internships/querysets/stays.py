"""Stays and what belongs to them, by who may see them."""

from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from internships.enums import (
    PlacementState,
    SheetState,
)
from internships.ranges import Contains, DateRange, RangeAgg, last_covered_day
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW, own_organisations

Visitor = AbstractBaseUser | AnonymousUser


def rows_of(user: Visitor, prefix: str = "") -> Q | None:
    """Return which stays ``user`` may work with as a condition, None for all of them.

    The student, the lead unit and the host see theirs. ``prefix`` leads from another row to the stay. What a university
    may see of its students is narrower and stands with ``PlacementQuerySet.of_universities``.
    """
    if user.has_perm(SEE_EVERY_ROW):  # type: ignore[union-attr]
        return None
    if not user.is_authenticated:
        return Q(pk__in=[])
    own = own_organisations(user)
    return (
        Q(**{f"{prefix}student__user": user}) | Q(**{f"{prefix}lead_unit__in": own}) | Q(**{f"{prefix}host__in": own})
    )


class PlacementQuerySet(models.QuerySet[Any]):
    """Stays by who may see them and where they stand."""

    def visible_to(self, user: Visitor) -> Self:
        """Stays ``user`` works with (see ``rows_of``)."""
        condition = rows_of(user)
        return self if condition is None else self.filter(condition)

    def of_universities(self, user: Visitor) -> Self:
        """Stays of the students of the universities ``user`` belongs to: their state, never an evaluation."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(student__university__in=own_organisations(user))

    def of_hosts(self, user: Visitor) -> Self:
        """Stays at the hosts ``user`` belongs to."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(host__in=own_organisations(user))

    def with_contact_closed(self) -> Self:
        """Stays whose host no longer sees how to reach the student: CONTACT_DAYS_AFTER_STAY days after the last day.

        The days count for stays that are over. One that goes on, is late or has not begun keeps the contact.
        """
        last = timezone.localdate() - timedelta(days=settings.CONTACT_DAYS_AFTER_STAY)
        over = Q(state__in=[PlacementState.COMPLETED, PlacementState.ENDED_EARLY], ends_on__lt=last)
        return self.filter(over | Q(state=PlacementState.CANCELLED))

    def running(self) -> Self:
        """Stays that have begun and are not over."""
        return self.filter(state__in=[PlacementState.ON_POST, PlacementState.INTERRUPTED])

    def in_preparation(self) -> Self:
        """Stays that have not begun."""
        return self.filter(state__in=[PlacementState.PLANNED, PlacementState.READY])

    def present_on(self, day: date) -> Self:
        """Stays that take place on ``day``."""
        return self.filter(starts_on__lte=day, ends_on__gte=day).exclude(state=PlacementState.CANCELLED)

    def with_cover(self) -> Self:
        """Add ``is_covered``: whether insurances of at least INSURANCE_SUM yuan cover every day of the stay."""
        insurances = self.model.insurances.rel.related_model.objects
        cover = (
            insurances.enough()
            .filter(placement=OuterRef("pk"))
            .order_by()
            .values("placement")
            .annotate(days=RangeAgg(DateRange("starts_on", last_covered_day(), Value("[]"))))
            .values("days")
        )
        stay = DateRange("starts_on", "ends_on", Value("[]"))
        return self.annotate(is_covered=Coalesce(Contains(Subquery(cover), stay), Value(False)))

    def uncovered(self) -> Self:
        """Stays with a day that no insurance covers."""
        return self.with_cover().filter(is_covered=False)

    def past_their_day(self, today: date) -> Self:
        """Stays on post whose last day has passed: the officer completes them."""
        return self.filter(state=PlacementState.ON_POST, ends_on__lt=today)

    def without_certificate(self) -> Self:
        """Stays that are over, appraised, and have no valid certificate: the office issues it."""
        certificates = self.model.certificates.rel.related_model.objects
        valid = certificates.filter(placement=OuterRef("pk"), revoked_on__isnull=True)
        over = [PlacementState.COMPLETED, PlacementState.ENDED_EARLY]
        return self.filter(~Exists(valid), state__in=over, appraisal__given_at__isnull=False)

    def matching(self, text: str) -> Self:
        """Stays whose student or host has these characters in the name."""
        words = text.split()
        conditions = [Q(student__name__icontains=word) | Q(host__name__icontains=word) for word in words]
        return self.filter(*conditions)


class OfPlacementQuerySet(models.QuerySet[Any]):
    """Rows that belong to a stay and are seen by whoever works with the stay."""

    def visible_to(self, user: Visitor) -> Self:
        """Rows of stays ``user`` may work with."""
        condition = rows_of(user, "placement__")
        return self if condition is None else self.filter(condition)


class InsuranceQuerySet(OfPlacementQuerySet):
    """Insurances of stays."""

    def in_force(self) -> Self:
        """Insurances that were not cancelled before they began."""
        return self.filter(Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=F("starts_on")))

    def enough(self) -> Self:
        """Insurances in force for at least the sum that the programme names (INSURANCE_SUM, yuan)."""
        return self.in_force().filter(sum_insured__gte=settings.INSURANCE_SUM)


class AttendanceSheetQuerySet(OfPlacementQuerySet):
    """Attendance sheets."""

    def valid(self) -> Self:
        """Sheets that count: confirmed, objected to or claimed, and not replaced."""
        return self.filter(state__in=[SheetState.CONFIRMED, SheetState.OBJECTED, SheetState.LOCKED])
