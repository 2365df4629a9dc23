"""Queries that speak of positions, applications and stays."""

from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from bases.enums import BaseState
from internships.enums import (
    ACTIVE_STATES,
    CONTACT_VISIBLE_STATES,
    ActivityState,
    ApplicationState,
    CaseState,
    NominationState,
    PlacementState,
    PositionState,
    SheetState,
)
from internships.ranges import Contains, DateRange, RangeAgg, last_covered_day
from wenxi_portal.core import cipher, search_text
from wenxi_portal.core.validators import normalise_digits
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW, own_organisations

Visitor = AbstractBaseUser | AnonymousUser

STUDENT_ID_CONTEXT = "internships.student.id_number"
ENROLMENT_CONTEXT = "internships.student.enrolment_code"
EMERGENCY_CONTEXT = "internships.student.emergency_mobile"
NOMINATION_CONTEXT = "internships.nomination.mobile"
SERVICE_MOBILE_CONTEXT = "internships.service.mobile"
PROFILE_DRAFT_CONTEXT = "internships.profile_draft"
PUBLIC_POSITION_STATES = (PositionState.PUBLISHED, PositionState.CLOSED)


def student_id_index(number: str) -> str:
    """Return the fingerprint by which a student is found from a checked document number."""
    return cipher.keyed_index(number, context=STUDENT_ID_CONTEXT)


def nomination_index(contact: str) -> str:
    """Return the fingerprint of the mobile number or e-mail address of a nominated student."""
    return cipher.keyed_index(normalise_digits(contact), context=NOMINATION_CONTEXT)


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


class StudentQuerySet(models.QuerySet[Any]):
    """Students by who may see them."""

    def visible_to(self, user: Visitor) -> Self:
        """The own profile; those who applied to the own unit's positions; for the department everybody.

        A host reads applications, not profiles: see ``ApplicationQuerySet.visible_to``.
        """
        if user.has_perm(SEE_EVERY_ROW):  # type: ignore[union-attr]
            return self
        if not user.is_authenticated:
            return self.none()
        application = self.model.applications.rel.related_model.objects.filter(
            student=OuterRef("pk"), position__lead_unit__in=own_organisations(user)
        )
        return self.filter(Q(user=user) | Exists(application.filter(submitted_at__isnull=False)))

    def with_document(self, number: str) -> Self:
        """The student with this checked document number: one or none."""
        return self.filter(id_index=student_id_index(number))


class StudentPaperQuerySet(models.QuerySet[Any]):
    """Papers of students."""

    def current(self) -> Self:
        """Papers that no newer one replaces and that are still valid today."""
        today = timezone.localdate()
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today), replaced_by__isnull=True)


class ApplicationQuerySet(models.QuerySet[Any]):
    """Applications by who may see them and who has them."""

    def visible_to(self, user: Visitor) -> Self:
        """The own ones; those of the own unit's and the own host's positions; those of the own university's students.

        Nobody but the student sees a draft, nor one that was given up or forgotten before it was submitted.
        """
        if not user.is_authenticated:
            return self.none()
        own = Q(student__user=user)
        if user.has_perm(SEE_EVERY_ROW):  # type: ignore[attr-defined]
            return self.filter(own | Q(submitted_at__isnull=False))
        organisations = own_organisations(user)
        theirs = (
            Q(position__lead_unit__in=organisations)
            | Q(position__host__in=organisations)
            | Q(student__university__in=organisations)
        )
        return self.filter(own | theirs & Q(submitted_at__isnull=False))

    def of_hosts(self, user: Visitor) -> Self:
        """Applications a member of a host decides on."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(submitted_at__isnull=False, position__host__in=own_organisations(user))

    def active(self) -> Self:
        """Applications under way."""
        return self.filter(state__in=ACTIVE_STATES)

    def with_contact_shown(self) -> Self:
        """Applications whose host sees how to reach the student."""
        return self.filter(state__in=CONTACT_VISIBLE_STATES)

    def offers(self) -> Self:
        """Offers that wait for the student's answer: each keeps a seat free."""
        return self.filter(state=ApplicationState.OFFERED)

    def waiting_for_host(self) -> Self:
        """Applications the host has to decide on, the longest waiting first."""
        return self.filter(state__in=[ApplicationState.SUBMITTED, ApplicationState.SHORTLISTED]).order_by(
            "answer_due_on", "pk"
        )

    def overdue_offers(self) -> Self:
        """Offers whose deadline has passed."""
        return self.filter(state=ApplicationState.OFFERED, offer_until__lte=timezone.now())

    def waiting_list(self) -> Self:
        """Those who wait for a seat, first come first."""
        return self.filter(state=ApplicationState.WAIT_LISTED).order_by("wait_rank")


class NominationQuerySet(models.QuerySet[Any]):
    """Nominations."""

    def visible_to(self, user: Visitor) -> Self:
        """Nominations of the own university and of the own unit's positions."""
        if user.has_perm(SEE_EVERY_ROW):  # type: ignore[union-attr]
            return self
        if not user.is_authenticated:
            return self.none()
        own = own_organisations(user)
        return self.filter(Q(university__in=own) | Q(position__lead_unit__in=own))

    def of_universities(self, user: Visitor) -> Self:
        """Nominations of the universities ``user`` belongs to."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(university__in=own_organisations(user))

    def addressed_to(self, *contacts: str) -> Self:
        """Nominations sent to one of these mobile numbers or e-mail addresses."""
        return self.filter(contact_index__in=[nomination_index(contact) for contact in contacts if contact])

    def waiting(self) -> Self:
        """Nominations the student has not answered."""
        return self.filter(state=NominationState.WAITING)

    def past_their_day(self) -> Self:
        """Unanswered nominations whose last day has passed."""
        return self.waiting().filter(answer_until__lt=timezone.localdate())


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
