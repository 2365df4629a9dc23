"""A student with a completed stay, confirmed attendance and the claim that the portal prepared from it."""

from typing import Any

from internships.models import Placement
from internships.selectors.attendance import months_between
from internships.subsidies.enums import Duty
from internships.subsidies.models import BankAccount, Claim, ClaimDuty, Policy
from internships.subsidies.services.account import set_account
from internships.subsidies.services.claim import submit
from internships.subsidies.services.moves import CLAIMS
from internships.subsidies.services.preparing import prepare_claims
from tests.factories import stays
from tests.factories.accounts import UserFactory
from tests.factories.subsidies import PolicyFactory, card_number
from wenxi_portal.accounts.models import User

# Half a month from 15 days of attendance, a whole one from 20; a day of the example policy is worth nothing by itself.
RULES = {
    "rates": {"bachelor": "1000", "master": "1500"},
    "counting": {"method": "half_months", "basis": "calendar", "half_from_days": "5", "full_from_days": "15"},
}


def policy(**kwargs: Any) -> Policy:
    """Return an approved allowance that counts half months."""
    return PolicyFactory(**{"rules": dict(RULES), **kwargs})


def prepared(rule: Policy | None = None, stay: Placement | None = None, **kwargs: Any) -> Claim:
    """Return the draft prepared from a completed stay whose months are all confirmed."""
    rule = rule or policy()
    stay = stay or finished(**kwargs)
    assert prepare_claims(policy=rule, stays_only=[stay.pk]) == 1
    return Claim.objects.get(placement=stay, policy=rule)


def finished(**kwargs: Any) -> Placement:
    """Return a completed stay with every month confirmed by its host, and the appraisal."""
    stay = stays.over(**kwargs)
    host = stays.host_of(stay)
    for month in months_between(stay.starts_on, stay.ends_on):
        stays.confirmed(stay, month, actor=host)
    stays.appraised(stay)
    return Placement.objects.get(pk=stay.pk)


def student_of(claim: Claim) -> User:
    """Return the account of the claim's student."""
    return claim.student.user


def account(claim: Claim, number: int = 1, **kwargs: Any) -> BankAccount:
    """Enter an account of the claim's student."""
    values = {"holder": claim.student.name, "card": card_number(number), "bank": "示例银行", **kwargs}
    return set_account(student=claim.student, actor=student_of(claim), **values)


def handed_in(claim: Claim | None = None, number: int = 1, **kwargs: Any) -> Claim:
    """Return a claim that was handed in with an account."""
    claim = claim or prepared(**kwargs)
    account(claim, number)
    return submit(claim=claim, actor=student_of(claim), declared=True)


def moved_on(claim: Claim, *states: str) -> Claim:
    """Take a claim on through states by the mover, with the duties that the database asks for."""
    duties = {"host_confirmed": Duty.HOST_CONFIRM, "first_reviewed": Duty.FIRST_REVIEW,
              "second_reviewed": Duty.SECOND_REVIEW, "paid": Duty.PAY}  # fmt: skip
    for state in states:
        present = CLAIMS.locked(claim, state)
        if state in duties:
            ClaimDuty.objects.create(claim=claim, duty=duties[state], user=UserFactory(), round=present.round)
        CLAIMS.write(present, state, actor=None, reason="示例", fields=())
    return Claim.objects.get(pk=claim.pk)


WAY = ("host_confirmed", "enrolled", "first_reviewed", "second_reviewed", "on_notice", "cleared", "batched", "paid")
