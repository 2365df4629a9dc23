"""Every ladder with a record whose steps all lie ahead, and what moves its due date."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from bases.models import Agreement, Base
from internships.models import Application, Nomination
from tests.factories.accounts import staff
from tests.factories.bases import AgreementFactory, BaseFactory
from tests.factories.internships import ApplicationFactory, NominationFactory
from tests.factories.organisations import MembershipFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.reminders.ladders import moment

DUE = date(2026, 9, 1)


@dataclass
class Watched:
    """A record on a ladder, an officer of its unit and the unit's head."""

    kind: str
    record: object
    officer: object
    head: object
    # A matter of one person is told to nobody else.
    is_personal: bool = False

    def due_on(self, day: date) -> None:
        """Give the record another due date, as an edit does."""
        if self.kind == "agreement_expiring":
            Agreement.objects.filter(pk=self.record.pk).update(valid_until=day, updated_at=timezone.now())
        elif self.kind == "offer_unanswered":
            Application.objects.filter(pk=self.record.pk).update(
                offer_until=moment(day, time(20)), updated_at=timezone.now()
            )
        elif self.kind == "application_waiting":
            Application.objects.filter(pk=self.record.pk).update(answer_due_on=day, updated_at=timezone.now())
        elif self.kind == "nomination_unanswered":
            Nomination.objects.filter(pk=self.record.pk).update(answer_until=day, updated_at=timezone.now())
        else:
            Base.objects.filter(pk=self.record.pk).update(updated_at=moment(day - timedelta(days=183)))


def watched(kind: str) -> Watched:
    """Return a record of the ladder, due on DUE."""
    officer = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER), since=date(2020, 1, 1))
    unit = officer.organisation
    head = MembershipFactory(
        user=staff(Role.LEAD_UNIT_OFFICER), organisation=unit, is_head=True, since=date(2020, 1, 1)
    )
    if kind == "agreement_expiring":
        record = AgreementFactory(signed=True, valid_until=DUE, lead_unit=unit)
    elif kind == "offer_unanswered":
        record = ApplicationFactory(offered=True, student__user=officer.user)
    elif kind == "application_waiting":
        record = ApplicationFactory(position__host=unit)
    elif kind == "nomination_unanswered":
        record = NominationFactory(university=unit)
    else:
        record = BaseFactory(unveiled=True, lead_unit=unit)
    one = Watched(kind, record, officer.user, head.user, is_personal=kind == "offer_unanswered")
    one.due_on(DUE)
    return one


def at(days: int, due: date = DUE) -> datetime:
    """Return noon of the day so many days after (before, when negative) the due date."""
    return moment(due + timedelta(days=days)) + timedelta(hours=4)
