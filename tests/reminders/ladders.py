"""Every ladder with a record whose steps all lie ahead, and what moves its due date."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from bases.models import Agreement, Base
from internships.models import Position
from tests.factories.accounts import staff
from tests.factories.bases import AgreementFactory, BaseFactory
from tests.factories.internships import PositionFactory
from tests.factories.organisations import HostFactory, LeadUnitFactory, MembershipFactory
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

    def due_on(self, day: date) -> None:
        """Give the record another due date, as an edit does."""
        if self.kind == "agreement_expiring":
            Agreement.objects.filter(pk=self.record.pk).update(valid_until=day, updated_at=timezone.now())
        elif self.kind == "position_review":
            Position.objects.filter(pk=self.record.pk).update(updated_at=moment(day))
        elif self.kind == "position_unconfirmed":
            Position.objects.filter(pk=self.record.pk).update(
                reconfirmed_on=day - timedelta(days=30), updated_at=timezone.now()
            )
        else:
            Base.objects.filter(pk=self.record.pk).update(updated_at=moment(day - timedelta(days=183)))


def watched(kind: str) -> Watched:
    """Return a record of the ladder, due on DUE."""
    unit = HostFactory() if kind == "position_unconfirmed" else LeadUnitFactory()
    officer = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER), organisation=unit, since=date(2020, 1, 1))
    head = MembershipFactory(
        user=staff(Role.LEAD_UNIT_OFFICER), organisation=unit, is_head=True, since=date(2020, 1, 1)
    )
    if kind == "agreement_expiring":
        record = AgreementFactory(signed=True, valid_until=DUE, lead_unit=unit)
    elif kind == "position_review":
        record = PositionFactory(in_review=True, lead_unit=unit)
    elif kind == "position_unconfirmed":
        record = PositionFactory(host=unit)
    else:
        record = BaseFactory(unveiled=True, lead_unit=unit)
    one = Watched(kind, record, officer.user, head.user)
    one.due_on(DUE)
    return one


def at(days: int, due: date = DUE) -> datetime:
    """Return noon of the day so many days after (before, when negative) the due date."""
    return moment(due + timedelta(days=days)) + timedelta(hours=4)
