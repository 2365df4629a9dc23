"""Queries that speak of people."""

from datetime import timedelta
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from talent.enums import PersonState, RegistrationState, StepState
from wenxi_portal.core import cipher, search_common, search_text
from wenxi_portal.core.validators import normalise_digits
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW, own_organisations

Visitor = AbstractBaseUser | AnonymousUser

ID_CONTEXT = "talent.person.id_number"
MOBILE_CONTEXT = "talent.person.mobile"
REGISTRATION_ID_CONTEXT = "talent.registration.id_number"
REGISTRATION_MOBILE_CONTEXT = "talent.registration.mobile"


def id_index(number: str) -> str:
    """Return the fingerprint by which a person is found from a checked document number."""
    return cipher.keyed_index(number, context=ID_CONTEXT)


def mobile_index(mobile: str) -> str:
    """Return the fingerprint by which people are found from a mobile number."""
    return cipher.keyed_index(normalise_digits(mobile), context=MOBILE_CONTEXT)


def token_index(token: str) -> str:
    """Return the fingerprint by which a calendar address is found."""
    return cipher.keyed_index(token, context="talent.calendar")


def rows_of(user: Visitor, prefix: str = "") -> Q | None:
    """Return which people ``user`` may work with as a condition, None for all of them.

    The organization department and auditors see everybody, a collector of townships the people of those townships
    and nobody else, everyone else the people of the own units. ``prefix`` leads from another row to the person.
    """
    if user.has_perm(SEE_EVERY_ROW):  # type: ignore[union-attr]
        return None
    if not user.is_authenticated:
        return Q(pk__in=[])
    townships = user.collected_townships.values_list("township", flat=True)  # type: ignore[union-attr]
    if names := list(townships):
        return Q(**{f"{prefix}native_township__in": names})
    return Q(**{f"{prefix}owner_unit__in": own_organisations(user)})


class PersonQuerySet(models.QuerySet[Any]):
    """People by who may see them, by what they carry and by what somebody typed."""

    def visible_to(self, user: Visitor) -> Self:
        """Rows ``user`` may work with (see ``rows_of``)."""
        condition = rows_of(user)
        return self if condition is None else self.filter(condition)

    def active(self) -> Self:
        """Records in use."""
        return self.filter(state=PersonState.ACTIVE)

    def with_document(self, number: str) -> Self:
        """The record with this checked document number: one or none. It may have been merged into another."""
        return self.filter(id_index=id_index(number))

    def with_mobile(self, mobile: str) -> Self:
        """People who share this mobile number: relatives often do."""
        return self.filter(mobile_index=mobile_index(mobile))

    def matching(self, text: str) -> Self:
        """People found by characters, pinyin or initials of name, university, employer, field and township."""
        terms = search_text.terms(text)
        if not terms:
            return self if not text.strip() else self.none()
        return search_common.matching(self, terms, "search_vector")  # type: ignore[no-any-return]

    def found_first(self, most: int) -> Self:
        """Some ``most`` of these rows, to be put in order afterwards.

        Read them whole and cut the list: with a LIMIT the database would walk along the order, past every row that does
        not match.
        """
        return self.model._default_manager.filter(pk__in=self.order_by().values("pk")[:most])

    def in_database(self, database: str) -> Self:
        """People who belong to the database today."""
        today = timezone.localdate()
        membership = self.model.memberships.rel.related_model.objects.filter(
            Q(until__isnull=True) | Q(until__gte=today), person=OuterRef("pk"), database=database, since__lte=today
        )
        return self.filter(Exists(membership))

    def studied_at(self, university: int) -> Self:
        """People who study or studied there."""
        education = self.model.educations.rel.related_model
        return self.filter(Exists(education.objects.filter(person=OuterRef("pk"), university=university)))

    def not_contacted_for(self, days: int) -> Self:
        """People in use whom nobody contacted within ``days`` calendar days."""
        before = timezone.localdate() - timedelta(days=days)
        return self.active().filter(Q(last_contacted_on__isnull=True) | Q(last_contacted_on__lt=before))


class OfPersonQuerySet(models.QuerySet[Any]):
    """Rows that belong to a person and are seen by whoever sees the person."""

    def visible_to(self, user: Visitor) -> Self:
        """Rows of people ``user`` may work with."""
        condition = rows_of(user, "person__")
        return self if condition is None else self.filter(condition)


class CoverageQuerySet(models.QuerySet[Any]):
    """Figures, counted by owner unit and township so that they can be added up for each reader."""

    def visible_to(self, user: Visitor) -> Self:
        """Figures of the people ``user`` may work with."""
        condition = rows_of(user)
        return self if condition is None else self.filter(condition)


class ContactQuerySet(OfPersonQuerySet):
    """Contacts and their next steps."""

    def open_steps(self) -> Self:
        """Next steps that wait to be taken, soonest first."""
        return self.filter(step_state=StepState.OPEN).order_by("next_due", "pk")

    def overdue(self) -> Self:
        """Open steps whose day has passed."""
        return self.open_steps().filter(next_due__lt=timezone.localdate())

    def due_between(self, first: Any, last: Any) -> Self:
        """Open steps due within these days (both included)."""
        return self.open_steps().filter(next_due__range=(first, last))

    def owned_by(self, user: AbstractBaseUser) -> Self:
        """Steps of this officer."""
        return self.filter(next_owner=user)

    def orphaned(self) -> Self:
        """Open steps whose owner's account has been closed."""
        return self.open_steps().filter(next_owner__is_active=False)


class RegistrationQuerySet(models.QuerySet[Any]):
    """Self-registrations."""

    def visible_to(self, user: Visitor) -> Self:
        """Confirmed registrations ``user`` may decide on: all for the department, a collector's own townships.

        A registration has no owner unit before it is accepted: units without townships see none.
        """
        confirmed = self.exclude(state=RegistrationState.UNCONFIRMED)
        if user.has_perm(SEE_EVERY_ROW):  # type: ignore[union-attr]
            return confirmed
        if not user.is_authenticated:
            return self.none()
        return confirmed.filter(township__in=user.collected_townships.values("township"))  # type: ignore[union-attr]

    def waiting(self) -> Self:
        """Registrations in the queue, oldest first."""
        return self.filter(state=RegistrationState.SUBMITTED).order_by("submitted_at", "pk")


class FlexibleAgreementQuerySet(OfPersonQuerySet):
    """Flexible agreements; the host's unit sees its own too."""


class IntroductionQuerySet(models.QuerySet[Any]):
    """Who introduced whom."""

    def visible_to(self, user: Visitor) -> Self:
        """Introductions between people ``user`` may work with."""
        one, other = rows_of(user, "introducer__"), rows_of(user, "introduced__")
        return self if one is None or other is None else self.filter(one, other)
