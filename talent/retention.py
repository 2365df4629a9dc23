"""How long people, and what was said with them, are kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from talent.enums import FlexibleState, RegistrationState, SelfCheckAnswer, StepState
from talent.models import (
    Contact,
    FlexibleAgreement,
    Person,
    Registration,
    RegistrationStateChange,
    SelfCheck,
)
from talent.services.forgetting import forget_contacts, forget_registrations
from talent.services.own_data import withdraw
from talent.services.registration import KEEP_UNCONFIRMED_HOURS
from wenxi_portal.core.retention import Basis, Kept, Words


class People(Kept):
    """People whose record says until when it is kept. A record without such a day is kept until it is withdrawn."""

    name = "people"
    model = Person
    age = "retain_until"
    label = _("People")
    deed = _("data erased, a row without a name stays")
    basis = Basis.RECORD
    at_a_time = 50

    @property
    def period(self) -> timedelta:
        """None: the day stands on each record."""
        return timedelta(0)

    def over(self, before: datetime) -> QuerySet[Any]:
        """People in use whose day has passed."""
        return Person.objects.active().filter(retain_until__lt=timezone.localdate(before))

    def reasons(self) -> Sequence[tuple[Words, Q]]:
        """Whoever the county is still bound to, or still has to call."""
        bound = FlexibleAgreement.objects.filter(
            person=OuterRef("pk"), state__in=[FlexibleState.DRAFT, FlexibleState.SIGNED]
        )
        waiting = Contact.objects.filter(person=OuterRef("pk"), step_state=StepState.OPEN)
        return [
            (_("a flexible agreement is running"), Q(Exists(bound))),
            (_("a next step is open"), Q(Exists(waiting))),
        ]

    def erase(self, keys: list[int]) -> None:
        """Erase as at a withdrawal."""
        for person in Person.objects.filter(pk__in=keys):
            reason = _("Kept until %(day)s, as the record says") % {"day": person.retain_until}
            withdraw(person=person, actor=None, reason=reason)


class Unconfirmed(Kept):
    """Registrations whose code was never entered; the hourly sweep removes them."""

    name = "registrations_unconfirmed"
    model = Registration
    age = "created_at"
    label = _("Self-registrations never confirmed")
    deed = _("deleted")
    basis = Basis.HOUSE
    by_itself = True

    @property
    def period(self) -> timedelta:
        """A day."""
        return timedelta(hours=KEEP_UNCONFIRMED_HOURS)

    def over(self, before: datetime) -> QuerySet[Any]:
        """Those still without their code."""
        return super().over(before).filter(state=RegistrationState.UNCONFIRMED)


class _Decided(Kept):
    """Registrations that were decided so long ago. An erased one has no way of contact any more."""

    model = Registration
    age = "submitted_at"
    deed = _("data erased, a row without a name stays")
    state: RegistrationState

    def over(self, before: datetime) -> QuerySet[Any]:
        """Those decided before it and not erased yet."""
        decided = RegistrationStateChange.objects.filter(
            registration=OuterRef("pk"), to_state=self.state, at__lt=before
        )
        return Registration.objects.filter(Exists(decided), state=self.state).exclude(contact_index="")

    def erase(self, keys: list[int]) -> None:
        """Erase what was filled in."""
        forget_registrations(keys)


class Refused(_Decided):
    """Registrations that were not accepted."""

    name = "registrations_refused"
    label = _("Self-registrations not accepted")
    state = RegistrationState.REFUSED


class Accepted(_Decided):
    """What accepted registrations say a second time: the person's record has it."""

    name = "registrations_accepted"
    label = _("Self-registrations accepted, entered in a person's record")
    state = RegistrationState.ACCEPTED


class Contacts(Kept):
    """What was said long ago."""

    name = "contacts"
    model = Contact
    age = "on"
    label = _("Contacts")
    deed = _("deleted")

    def over(self, before: datetime) -> QuerySet[Any]:
        """Contacts before that day."""
        return Contact.objects.filter(on__lt=timezone.localdate(before))

    def reasons(self) -> Sequence[tuple[Words, Q]]:
        """What is not done yet."""
        return [(_("a next step is open"), Q(step_state=StepState.OPEN))]

    def erase(self, keys: list[int]) -> None:
        """Delete them with their history."""
        forget_contacts(keys)


class SelfChecks(Kept):
    """Yearly questions and their answers."""

    name = "self_checks"
    model = SelfCheck
    age = "asked_at"
    label = _("Yearly questions and answers")
    deed = _("deleted")

    def reasons(self) -> Sequence[tuple[Words, Q]]:
        """What somebody wrote and nobody has entered yet."""
        return [(_("the answer waits to be entered"), Q(answer=SelfCheckAnswer.CHANGED, handled_at__isnull=True))]


KINDS = [People(), Unconfirmed(), Refused(), Accepted(), Contacts(), SelfChecks()]
