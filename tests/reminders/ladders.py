"""Every ladder with a record whose steps all lie ahead, and what moves its due date."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from bases.models import Agreement, Base
from talent.enums import FlexibleState
from talent.models import Contact, FlexibleAgreement, Person, Registration, SelfCheck, TownshipCollector
from talent.models.registration import LINK_DAYS
from talent.services.flexible import move_flexible
from tests.factories.accounts import staff
from tests.factories.bases import AgreementFactory, BaseFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.talent import contact, flexible, person, registration
from tests.reminders.applying_ladders import APPLYING_MAKERS
from tests.reminders.care_ladders import CARE
from tests.reminders.position_ladders import POSITION_MAKERS
from tests.reminders.stay_ladders import STAY_MAKERS
from tests.reminders.subsidies_claims_ladders import SUBSIDIES_CLAIMS
from tests.reminders.subsidies_payments_ladders import SUBSIDIES_PAYMENTS, WITHOUT_UNIT
from tests.reminders.subsidies_policies_ladders import SUBSIDY_POLICY_MAKERS
from tests.reminders.subsidies_reviews_ladders import SUBSIDY_REVIEWS
from wenxi_portal.accounts.enums import Role
from wenxi_portal.reminders import registry
from wenxi_portal.reminders.enums import Audience
from wenxi_portal.reminders.ladders import moment
from wenxi_portal.reminders.working_days import calendar

DUE = date(2026, 9, 1)
LONG_AGO = date(2020, 1, 1)


@dataclass
class Watched:
    """A record on a ladder, an officer of its unit (or in charge of it) and the unit's head."""

    kind: str
    record: Any
    officer: Any
    head: Any
    due_on: Callable[[date], object] = field(repr=False)

    @property
    def head_hears_steps(self) -> bool:
        """Whether every step reaches the head too, not the escalation alone."""
        return registry.find(self.kind).audience == Audience.UNIT

    @property
    def hearers(self) -> int:
        """How many people hear of a step."""
        return 2 if self.head_hears_steps else 1


def watched(kind: str) -> Watched:
    """Return a record of the ladder, due on DUE."""
    officer = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER), since=LONG_AGO)
    unit = officer.organisation
    head = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER), organisation=unit, is_head=True, since=LONG_AGO).user
    record, move = MAKERS[kind](unit, officer.user)
    if kind in {"registration_waiting", "policy_ends", *WITHOUT_UNIT}:
        # Registrations, policies and batches belong to no unit: the department takes the part of the heads.
        head = staff(Role.ORGANIZATION_DEPARTMENT)
    hearer = officer.user
    if registry.find(kind).audience == Audience.HEADS:
        # A matter of no unit: the department hears of it, and nobody above.
        hearer = staff(Role.ORGANIZATION_DEPARTMENT)
    one = Watched(kind, record, hearer, head, move)
    one.due_on(DUE)
    return one


def first_day(kind: str, due: date = DUE) -> int:
    """Calendar days from the due date to the first step (before it: negative)."""
    return step_days(kind, due)[0]


def last_day(kind: str, due: date = DUE) -> int:
    """Calendar days from the due date to the last step."""
    return step_days(kind, due)[-1]


def step_days(kind: str, due: date = DUE) -> list[int]:
    """Calendar days from the due date to each step, in order."""
    days = calendar()
    return sorted((step.day(due, days) - due).days for step in registry.find(kind).steps)


def at(days: int, due: date = DUE) -> datetime:
    """Return noon of the day so many days after (before, when negative) the due date."""
    return moment(due + timedelta(days=days)) + timedelta(hours=4)


def _agreement(unit, officer):
    record = AgreementFactory(signed=True, valid_until=DUE, lead_unit=unit)
    return record, lambda day: changed(Agreement, record, valid_until=day, updated_at=timezone.now())


def _base(unit, officer):
    record = BaseFactory(unveiled=True, lead_unit=unit)
    return record, lambda day: changed(Base, record, updated_at=moment(day - timedelta(days=183)))


def _step(unit, officer):
    record = contact(person(owner_unit=unit), due=DUE, owner=officer)
    return record, lambda day: changed(Contact, record, next_due=day, updated_at=timezone.now())


def _stale(unit, officer):
    record = person(owner_unit=unit)
    contact(record, actor=officer)

    def move(day):
        last = day - timedelta(days=settings.TALENT_CONTACT_DAYS)
        changed(Person, record, last_contacted_on=last, updated_at=timezone.now())

    return record, move


def _self_check(unit, officer):
    record = SelfCheck.objects.create(
        person=person(owner_unit=unit), asked_by=officer, expires_at=timezone.now() + timedelta(days=LINK_DAYS)
    )
    return record, lambda day: changed(
        SelfCheck, record, asked_at=moment(day), expires_at=moment(day + timedelta(days=LINK_DAYS))
    )


def _flexible(unit, officer):
    record = move_flexible(
        agreement=flexible(person=person(owner_unit=unit), valid_from=LONG_AGO),
        to_state=FlexibleState.SIGNED,
        actor=officer,
        reason="示例",
    )
    return record, lambda day: changed(FlexibleAgreement, record, valid_until=day, updated_at=timezone.now())


def _registration(unit, officer):
    TownshipCollector.objects.create(user=officer, township="示例镇")
    record = registration(township="示例镇", state="submitted", submitted_at=moment(DUE))
    record.save()
    return record, lambda day: changed(Registration, record, submitted_at=moment(day))


def changed(model, record, **values):
    """Write as an edit does."""
    assert model.objects.filter(pk=record.pk).update(**values) == 1


MAKERS = {
    "agreement_expiring": _agreement,
    "base_quiet": _base,
    "next_step_due": _step,
    "contact_stale": _stale,
    "self_check_unanswered": _self_check,
    "flexible_expiring": _flexible,
    "registration_waiting": _registration,
    **POSITION_MAKERS,
    **APPLYING_MAKERS,
    **CARE,
    **STAY_MAKERS,
    **SUBSIDIES_PAYMENTS,
    **SUBSIDY_REVIEWS,
    **SUBSIDIES_CLAIMS,
    **SUBSIDY_POLICY_MAKERS,
}
