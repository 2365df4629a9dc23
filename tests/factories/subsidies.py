"""Obviously fictitious schemes, policies, accounts and claims in any state, with the duties that the database asks for."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import factory
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory

from internships.enums import PlacementState
from internships.subsidies.enums import (
    AFTER_FIRST_REVIEW,
    AFTER_SECOND_REVIEW,
    SETTLED_STATES,
    ClaimState,
    Duty,
    NoticeState,
    PolicyState,
    SchemeKind,
)
from internships.subsidies.models import (
    BankAccount,
    BudgetLine,
    Claim,
    ClaimDuty,
    NoticeLine,
    Policy,
    PublicNotice,
    Scheme,
)
from talent.enums import StudyLevel
from tests.factories.accounts import UserFactory
from tests.factories.internships import PlacementFactory, in_days
from wenxi_portal.accounts.models import User

# The published rates; whole months of a stay.
RULES: Mapping[str, Any] = {
    "rates": {"bachelor": "1000", "master": "1500"},
    "counting": {"method": "whole_months", "basis": "stay"},
}


class SchemeFactory(DjangoModelFactory):
    """The monthly allowance; ``kind`` makes it a bonus."""

    class Meta:
        model = Scheme

    code = factory.Sequence(lambda number: f"scheme-{number}")
    name = factory.Sequence(lambda number: f"示例补贴{number}")
    kind = SchemeKind.ALLOWANCE


class PolicyFactory(DjangoModelFactory):
    """An approved version in force for years."""

    class Meta:
        model = Policy

    class Params:
        draft = factory.Trait(state=PolicyState.DRAFT, approved_at=None, approved_by=None)

    scheme = factory.SubFactory(SchemeFactory)
    version = 1
    state = PolicyState.APPROVED
    document_number = factory.Sequence(lambda number: f"示例发〔2021〕{number}号")
    title = "示例补贴办法"
    valid_from = date(2021, 1, 1)
    rules = factory.LazyFunction(lambda: dict(RULES))
    drafted_by = factory.SubFactory(UserFactory)
    approved_by = factory.Maybe("draft", None, factory.SubFactory(UserFactory))
    approved_at = factory.LazyFunction(timezone.now)


def card_number(number: int) -> str:
    """Return a 19-digit card number of a bank that does not exist, with a right check digit."""
    body = f"6299{number:014d}"
    sums = sum(sum(divmod(int(digit) * (2 if place % 2 == 0 else 1), 10)) for place, digit in enumerate(body[::-1]))
    return body + str(-sums % 10)


class BankAccountFactory(DjangoModelFactory):
    """An account in the student's own name."""

    class Meta:
        model = BankAccount

    holder = factory.SelfAttribute("student.name")
    card = factory.Sequence(card_number)
    bank = "示例银行"


class ClaimFactory(DjangoModelFactory):
    """A draft of an allowance for a completed stay of two months; ``claim_in`` makes it any other state."""

    class Meta:
        model = Claim

    number = factory.Sequence(lambda number: f"BT{number:08}")
    policy = factory.SubFactory(PolicyFactory)
    scheme = factory.SelfAttribute("policy.scheme")
    kind = factory.SelfAttribute("scheme.kind")
    placement = factory.SubFactory(
        PlacementFactory, state=PlacementState.COMPLETED, starts_on=in_days(-90), ends_on=in_days(-30)
    )
    student = factory.SelfAttribute("placement.student")
    host = factory.SelfAttribute("placement.host")
    lead_unit = factory.SelfAttribute("placement.lead_unit")
    level = StudyLevel.BACHELOR
    starts_on = factory.SelfAttribute("placement.starts_on")
    ends_on = factory.SelfAttribute("placement.ends_on")
    months = Decimal(2)
    amount = Decimal(2000)
    computation = 1
    due_on = in_days(30)


def claim_in(state: ClaimState | str, **kwargs: Any) -> Claim:
    """Return a claim in ``state``, reviewed by three people where the state asks for it, with an account."""
    with transaction.atomic():
        claim: Claim = ClaimFactory(**kwargs)
        if state == ClaimState.DRAFT:
            return claim
        claim.account = BankAccountFactory(student=claim.student)
        claim.submitted_at = timezone.now()
        for duty, states in DUTIES.items():
            if state in states:
                ClaimDuty.objects.create(claim=claim, duty=duty, user=UserFactory())
        claim.state = state
        claim.save()
    return claim


def duty_holder(claim: Claim, duty: Duty) -> User:
    """Return who did ``duty`` for ``claim``."""
    holder: User = claim.duties.get(duty=duty).user
    return holder


class BudgetLineFactory(DjangoModelFactory):
    """A budget line without money; services allot it."""

    class Meta:
        model = BudgetLine

    year = 2026
    code = factory.Sequence(lambda number: f"B{number:04}")
    name = "示例预算项目"


DUTIES = {
    Duty.HOST_CONFIRM: (ClaimState.HOST_CONFIRMED, ClaimState.ENROLLED, *AFTER_FIRST_REVIEW),
    Duty.FIRST_REVIEW: AFTER_FIRST_REVIEW,
    Duty.SECOND_REVIEW: AFTER_SECOND_REVIEW,
    Duty.PAY: SETTLED_STATES,
}


class PublicNoticeFactory(DjangoModelFactory):
    """A notice that is up."""

    class Meta:
        model = PublicNotice

    number = factory.Sequence(lambda number: f"GS{number:06}")
    title = "示例公示"
    state = NoticeState.PUBLISHED
    starts_on = in_days(-1)
    ends_on = in_days(6)
    published_by = factory.SubFactory(UserFactory)


class NoticeLineFactory(DjangoModelFactory):
    """The line of a claim on it."""

    class Meta:
        model = NoticeLine

    notice = factory.SubFactory(PublicNoticeFactory)
    claim = factory.SubFactory(ClaimFactory)
    order = 1
    name = factory.SelfAttribute("claim.student.name")
    university = "示例大学"
    level = "本科"
    host = "示例企业"
    scheme = "示例补贴"
    months = factory.SelfAttribute("claim.months")
    amount = factory.SelfAttribute("claim.amount")
