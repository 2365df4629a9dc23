"""Students, their papers, applications and nominations by who may see them."""

from datetime import datetime
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from internships.enums import (
    ACTIVE_STATES,
    CONTACT_VISIBLE_STATES,
    ApplicationState,
    NominationState,
)
from wenxi_portal.core import cipher
from wenxi_portal.core.validators import normalise_digits
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW, own_organisations

Visitor = AbstractBaseUser | AnonymousUser
STUDENT_ID_CONTEXT = "internships.student.id_number"
ENROLMENT_CONTEXT = "internships.student.enrolment_code"
EMERGENCY_CONTEXT = "internships.student.emergency_mobile"
NOMINATION_CONTEXT = "internships.nomination.mobile"
PROFILE_DRAFT_CONTEXT = "internships.profile_draft"
# How the fingerprint of what was erased begins: no keyed index does.
ERASED = "erased-"


def student_id_index(number: str) -> str:
    """Return the fingerprint by which a student is found from a checked document number."""
    return cipher.keyed_index(number, context=STUDENT_ID_CONTEXT)


def nomination_index(contact: str) -> str:
    """Return the fingerprint of the mobile number or e-mail address of a nominated student."""
    return cipher.keyed_index(normalise_digits(contact), context=NOMINATION_CONTEXT)


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

    def with_profile(self) -> Self:
        """Students whose profile is on file."""
        return self.exclude(id_index__startswith=ERASED)

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
        """Applications whose host sees how to reach the student: until some days after the stay they led to."""
        stays = self.model.placement.related.related_model.objects
        closed = stays.with_contact_closed().filter(application=OuterRef("pk"))
        return self.filter(~Exists(closed), state__in=CONTACT_VISIBLE_STATES)

    def offers(self) -> Self:
        """Offers that wait for the student's answer: each keeps a seat free."""
        return self.filter(state=ApplicationState.OFFERED)

    def waiting_for_host(self) -> Self:
        """Applications the host has to decide on, the longest waiting first."""
        return self.filter(state__in=[ApplicationState.SUBMITTED, ApplicationState.SHORTLISTED]).order_by(
            "answer_due_on", "pk"
        )

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

    def with_words_due(self, now: datetime) -> Self:
        """Unanswered nominations whose words are to be sent by now."""
        return self.waiting().filter(words_next_at__lte=now)

    def past_their_day(self) -> Self:
        """Unanswered nominations whose last day has passed."""
        return self.waiting().filter(answer_until__lt=timezone.localdate())
