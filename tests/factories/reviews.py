"""Claims as the verbs of the money make them: worked out from locked sheets of an insured stay, then in any state."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from internships.enums import PlacementState, SheetState
from internships.models import AttendanceSheet, Insurance, Placement
from internships.subsidies.enums import ClaimState, Duty, NoticeState
from internships.subsidies.models import Claim, ClaimDuty, Policy, PublicNotice
from internships.subsidies.services.computing import compute_claim
from internships.subsidies.services.notice import draft_notice, publish_notice
from tests.factories.accounts import UserFactory, staff
from tests.factories.internships import PlacementFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.stays import checked_student
from tests.factories.subsidies import DUTIES, BankAccountFactory, ClaimFactory, PolicyFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User

FIRST, LAST = date(2026, 3, 1), date(2026, 4, 30)


def sample_policy(**kwargs: Any) -> Policy:
    """Return an approved policy of two whole months at most; nobody is drawn unless ``recheck_percent`` says so."""
    policy: Policy = PolicyFactory(**{"recheck_percent": 0, **kwargs})
    return policy


def stay_with_sheets(**kwargs: Any) -> Placement:
    """Return a stay of March and April 2026 that is over, insured, with locked sheets of every day."""
    stay: Placement = PlacementFactory(
        state=PlacementState.COMPLETED, starts_on=FIRST, ends_on=LAST,
        application__student=kwargs.pop("student", None) or checked_student(), **kwargs,
    )  # fmt: skip
    Insurance.objects.create(
        placement=stay, insurer="示例保险", policy_number="示例保单001", sum_insured=Decimal(330000), starts_on=FIRST,
        ends_on=LAST,
    )  # fmt: skip
    keeper = UserFactory()
    for month in (date(2026, 3, 1), date(2026, 4, 1)):
        sheet = AttendanceSheet(
            placement=stay, month=month, state=SheetState.LOCKED, confirmed_by=keeper, confirmed_at=timezone.now(),
            marks={str(day.day): "present" for day in _days(month)},
        )  # fmt: skip
        sheet.clean()
        sheet.save()
    return stay


def worked_claim(state: ClaimState = ClaimState.ENROLLED, *, policy: Policy | None = None, **kwargs: Any) -> Claim:
    """Return a claim over two months that was worked out, in ``state``, with the duties that the state asks for."""
    stay = kwargs.pop("placement", None) or stay_with_sheets(**kwargs)
    with transaction.atomic():
        claim: Claim = ClaimFactory(placement=stay, policy=policy or sample_policy(), months=0, amount=0, computation=0)
        claim = compute_claim(claim=claim, actor=None)
        if state == ClaimState.DRAFT:
            return claim
        claim.account = BankAccountFactory(student=claim.student)
        claim.submitted_at = timezone.now()
        for duty, states in DUTIES.items():
            if state in states:
                ClaimDuty.objects.create(claim=claim, duty=duty, user=UserFactory())
        claim.state = state
        claim.save()
    return Claim.objects.get(pk=claim.pk)


def hands(claim: Claim) -> dict[str, User]:
    """Return an officer of the lead unit and three people of the department who may do the duties of ``claim``."""
    officer = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER), organisation=claim.lead_unit).user
    return {"officer": officer, "second": staff(), "third": staff(), "fourth": staff()}


def drafted_notice(number: int = 1, *, actor: User | None = None, **kwargs: Any) -> PublicNotice:
    """Return a draft of a notice of so many claims that passed the second review."""
    policy = kwargs.pop("policy", None) or sample_policy()
    claims = [worked_claim(ClaimState.SECOND_REVIEWED, policy=policy) for _each in range(number)]
    values = {
        "title": "示例公示",
        "introduction": "根据示例补贴办法，现予公示。",
        "contact": "示例受理单位 0359-7022114",
    }
    return draft_notice(claims=claims, actor=actor or staff(), **{**values, **kwargs})


def public_notice(number: int = 1, *, today: date | None = None, **kwargs: Any) -> PublicNotice:
    """Return a notice that is up since ``today``."""
    notice = publish_notice(notice=drafted_notice(number, **kwargs), actor=staff(), today=today)
    assert notice.state == NoticeState.PUBLISHED
    return notice


def duty_of(claim: Claim, duty: Duty) -> User:
    """Return who did ``duty`` in the present round."""
    done: ClaimDuty = claim.duties.get(duty=duty, round=claim.round)
    return done.user


def _days(month: date) -> Iterator[date]:
    day = month
    while day.month == month.month:
        yield day
        day += timedelta(days=1)
