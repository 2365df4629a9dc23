"""The database defends the money by itself, whatever the program believes."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from internships.subsidies.enums import Account, ClaimState, Duty, JournalKind, PolicyState, RecheckVerdict
from internships.subsidies.models import Claim, ClaimDuty, Journal, LedgerEntry, Policy, Recheck
from internships.subsidies.services.moves import do_duty, void_reviews
from tests.factories.accounts import UserFactory
from tests.factories.subsidies import BudgetLineFactory, ClaimFactory, PolicyFactory, claim_in, duty_holder
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db


def check_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def save_and_check(claim: Claim) -> None:
    claim.save()
    check_now()


@pytest.mark.parametrize("state", ClaimState.values)
def test_every_state_can_be_had_with_its_duties_and_not_without(state: str) -> None:
    claim = claim_in(state)
    check_now()
    if claim.duties.filter(duty=Duty.FIRST_REVIEW).exists():
        bare = claim_in(ClaimState.ENROLLED)
        bare.state = state
        with pytest.raises(DatabaseError, match="review"), transaction.atomic():
            save_and_check(bare)


def test_nobody_has_two_duties_on_one_claim() -> None:
    claim = claim_in(ClaimState.FIRST_REVIEWED)
    first = duty_holder(claim, Duty.FIRST_REVIEW)
    with pytest.raises(DomainError) as refused:
        do_duty(claim=claim, duty=Duty.SECOND_REVIEW, actor=first)
    assert refused.value.code == "duty"
    with pytest.raises(IntegrityError, match="one_hand_one_duty"), transaction.atomic():
        ClaimDuty.objects.create(claim=claim, duty=Duty.PAY, user=first)
    assert do_duty(claim=claim, duty=Duty.SECOND_REVIEW, actor=UserFactory()).round == 1


def test_a_voided_review_has_to_be_made_again_in_a_new_round() -> None:
    claim = claim_in(ClaimState.CLEARED)
    void_reviews(claim=claim, to_state=ClaimState.ENROLLED, reason="账户变更", actor=None)
    claim.refresh_from_db()
    assert claim.round == 2
    claim.state = ClaimState.FIRST_REVIEWED
    with pytest.raises(DatabaseError, match="first_review"), transaction.atomic():
        save_and_check(claim)


def test_the_database_asks_for_the_groups_decision_and_for_the_drawn_recheck() -> None:
    policy = PolicyFactory(group_from=2000)
    claim = claim_in(ClaimState.SECOND_REVIEWED, policy=policy)
    for state in (ClaimState.ON_NOTICE, ClaimState.CLEARED):
        claim.state = state
        # Whether the mark on the claim says so, or the policy alone.
        for claim.needs_group in (True, False):
            with pytest.raises(DatabaseError, match="without_group_decision"), transaction.atomic():
                save_and_check(claim)
    ClaimDuty.objects.create(claim=claim, duty=Duty.GROUP_DECISION, user=UserFactory())
    drawn = Recheck.objects.create(claim=claim, round=1)
    with pytest.raises(DatabaseError, match="before_its_recheck"), transaction.atomic():
        save_and_check(claim)
    drawn.verdict, drawn.done_by, drawn.done_at = RecheckVerdict.AGREES, UserFactory(), timezone.now()
    drawn.save()
    save_and_check(claim)
    # One of another round holds nothing.
    Recheck.objects.create(claim=claim, round=7)
    claim.state = ClaimState.BATCHED
    save_and_check(claim)


def test_an_approved_policy_is_never_edited() -> None:
    policy = PolicyFactory()
    for change in ({"title": "另一题目"}, {"rules": {}}, {"state": PolicyState.DISCARDED}):
        with pytest.raises(DatabaseError, match="approved_is_final"), transaction.atomic():
            Policy.objects.filter(pk=policy.pk).update(**change)
    with pytest.raises(DatabaseError, match="approved_is_final"), transaction.atomic():
        policy.delete()
    assert Policy.objects.filter(pk=policy.pk).update(valid_until="2030-12-31") == 1
    with pytest.raises(DatabaseError, match="approved_is_final"), transaction.atomic():
        Policy.objects.filter(pk=policy.pk).update(valid_until="2031-12-31")


def test_two_policies_of_one_scheme_never_overlap() -> None:
    policy = PolicyFactory()
    with pytest.raises(IntegrityError, match="one_in_force"), transaction.atomic():
        PolicyFactory(scheme=policy.scheme, version=2, valid_from="2025-01-01")


def test_days_are_claimed_once() -> None:
    claim = ClaimFactory()
    with pytest.raises(IntegrityError, match="days_once"), transaction.atomic():
        ClaimFactory(placement=claim.placement, policy=PolicyFactory())
    claim.state = ClaimState.WITHDRAWN
    claim.save()
    ClaimFactory(placement=claim.placement, policy=PolicyFactory())


def test_a_journal_sums_to_zero_and_a_budget_is_never_overdrawn() -> None:
    line = BudgetLineFactory()

    def move(source: Account, target: Account, amount: int, *, other: int | None = None) -> None:
        journal = Journal.objects.create(kind=JournalKind.ALLOTTED)
        LedgerEntry.objects.bulk_create(
            LedgerEntry(journal=journal, budget_line=line, account=account, amount=Decimal(sum_))
            for account, sum_ in ((source, -amount), (target, other or amount))
        )

    move(Account.APPROPRIATION, Account.BUDGET, 100)
    line.refresh_from_db()
    assert line.free == 100
    with pytest.raises(DatabaseError, match="unbalanced"), transaction.atomic():
        move(Account.BUDGET, Account.PAYABLE, 10, other=11)
    with pytest.raises(IntegrityError, match="never_overdrawn"), transaction.atomic():
        move(Account.BUDGET, Account.PAYABLE, 101)
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        LedgerEntry.objects.update(amount=1)
    assert LedgerEntry.objects.balances() == {"appropriation": -100, "budget": 100}
