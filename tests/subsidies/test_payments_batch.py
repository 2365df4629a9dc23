"""Batches: what goes in, what the seal looks at, who releases, what a cancelled one leaves."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Sum
from django.utils import timezone

from internships.models import AttendanceSheet
from internships.subsidies.enums import BatchState, ClaimState, Duty, JournalKind, LineResult
from internships.subsidies.models import Claim, ClaimDuty, ClaimFlag, Journal, LedgerEntry, PaymentLine
from internships.subsidies.selectors.payable import Wanted
from internships.subsidies.selectors.recomputing import differing
from internships.subsidies.selectors.reconciling import discrepancies
from internships.subsidies.services import batch as batches
from internships.subsidies.services.batch import (
    add_claims,
    cancel_batch,
    draft_batch,
    release_batch,
    remove_claims,
    seal_batch,
)
from internships.subsidies.services.budget import allot, cut
from internships.subsidies.services.ledger import Movement, move
from tests.factories.accounts import UserFactory
from tests.factories.payments import drafted, lines, money, payable, released, sealed
from tests.factories.subsidies import BankAccountFactory, ClaimFactory, PolicyFactory, claim_in, duty_holder
from wenxi_portal.core.errors import DomainError
from wenxi_portal.notifications.models import Message

pytestmark = pytest.mark.django_db


def at_commit() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_a_batch_from_draft_to_release_sets_money_aside_and_tells_the_students() -> None:
    line = money(5000)
    batch = drafted(line, 2)
    assert (batch.state, batch.lines.count()) == (BatchState.DRAFT, 2)
    batch = seal_batch(batch=batch, actor=batch.drafted_by)
    line.refresh_from_db()
    assert (batch.count, batch.total, line.free) == (2, 4000, 1000)
    assert set(Claim.objects.values_list("state", flat=True)) == {ClaimState.BATCHED}
    payer = UserFactory()
    batch = release_batch(batch=batch, actor=payer)
    at_commit()
    assert batch.state == BatchState.RELEASED
    assert ClaimDuty.objects.filter(duty=Duty.PAY, user=payer).count() == 2
    kinds = Message.objects.order_by("kind").values_list("kind", flat=True).distinct()
    assert list(kinds) == ["payment_batched", "payment_released"]
    assert Message.objects.filter(kind="payment_batched").first().params["amount"] == "2000.00"
    assert LedgerEntry.objects.balances() == {"appropriation": -5000, "budget": 1000, "payable": 4000}


def test_the_draft_takes_what_the_filters_name_and_nothing_held_twice_or_unready() -> None:
    line = money()
    wanted, other = payable(1)[0], payable(1)[0]
    held = payable(1)[0]
    ClaimFlag.objects.create(claim=held, kind="same_card", about="x")
    payable(1, amount=Decimal(0))
    claim_in(ClaimState.ON_NOTICE)
    batch, _left = draft_batch(
        title="示例", budget_line=line, actor=UserFactory(), wanted=Wanted(scheme=wanted.scheme_id)
    )
    assert [one.claim for one in lines(batch)] == [wanted]
    assert add_claims(batch=batch, claims=Claim.objects.all(), actor=batch.drafted_by) == 1
    assert {one.claim for one in lines(batch)} == {wanted, other}
    with pytest.raises(DomainError) as refused:
        draft_batch(title="示例", budget_line=line, actor=UserFactory())
    assert refused.value.code == "empty"
    assert remove_claims(batch=batch, claims=[other], actor=batch.drafted_by) == 1
    second, _left = draft_batch(title="示例", budget_line=line, actor=UserFactory())
    assert [one.claim for one in lines(second)] == [other]


def test_a_claim_that_changed_since_keeps_the_batch_open_and_is_named() -> None:
    batch = drafted(number=6)
    state, held, account, amount, cover, fine = [line.claim for line in lines(batch)]
    state.state = ClaimState.WITHDRAWN
    state.save()
    ClaimFlag.objects.create(claim=held, kind="late", about="x")
    account.student.bank_accounts.update(ended_at=timezone.now())
    Claim.objects.filter(pk=account.pk).update(account=BankAccountFactory(student=account.student))
    Claim.objects.filter(pk=amount.pk).update(amount=1999)
    cover.placement.insurances.update(ends_on=cover.placement.starts_on, starts_on=cover.placement.starts_on)
    with pytest.raises(DomainError) as refused:
        seal_batch(batch=batch, actor=batch.drafted_by)
    assert refused.value.code == "lines"
    named = {claim.number for claim in (state, held, account, amount, cover) if claim.number in refused.value.message}
    assert len(named) == 5
    assert fine.number not in refused.value.message
    batch.refresh_from_db()
    assert batch.state == BatchState.DRAFT


def test_more_than_the_line_holds_is_refused_in_a_sentence_and_leaves_nothing_half() -> None:
    line = money(3999)
    batch = drafted(line, 2)
    with pytest.raises(DomainError, match="3,999") as refused:
        seal_batch(batch=batch, actor=batch.drafted_by)
    assert refused.value.code == "budget"
    batch.refresh_from_db()
    assert (batch.state, batch.lines_hash) == (BatchState.DRAFT, "")
    assert not Journal.objects.exclude(kind=JournalKind.ALLOTTED).exists()
    assert not Claim.objects.filter(state=ClaimState.BATCHED).exists()


def test_a_policy_pays_no_more_than_its_cap_in_one_batch() -> None:
    policy = PolicyFactory(most_a_batch=Decimal(5000))
    line = money()
    payable(3, policy=policy)
    batch, left_out = draft_batch(title="示例", budget_line=line, actor=UserFactory())
    assert (batch.lines.count(), left_out) == (2, 1)
    assert add_claims(batch=batch, claims=Claim.objects.all(), actor=batch.drafted_by) == 0
    smaller = PaymentLine.objects.filter(batch=batch).first()
    rest = Claim.objects.exclude(payment_lines__batch=batch).get()
    PaymentLine.objects.create(
        batch=batch, claim=rest, account=rest.account, order=9, reference="X-1", amount=smaller.amount
    )
    with pytest.raises(DomainError) as refused:
        seal_batch(batch=batch, actor=batch.drafted_by)
    assert refused.value.code == "cap"


def test_whoever_had_a_part_in_it_does_not_release_it() -> None:
    batch = sealed()
    claim = lines(batch)[0].claim
    parts = [duty_holder(claim, duty) for duty in (Duty.HOST_CONFIRM, Duty.FIRST_REVIEW, Duty.SECOND_REVIEW)]
    for person in (batch.drafted_by, *parts):
        with pytest.raises(DomainError) as refused:
            release_batch(batch=batch, actor=person)
        assert refused.value.code == "duty"
    batch.refresh_from_db()
    assert batch.state == BatchState.SEALED
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        type(batch).objects.filter(pk=batch.pk).update(released_by=batch.sealed_by)


def test_nobody_seals_or_releases_a_payment_to_themselves() -> None:
    batch = drafted(number=1)
    own = batch.lines.get().claim.student.user
    for verb in (seal_batch, release_batch):
        with pytest.raises(DomainError) as refused:
            verb(batch=batch, actor=own)
        assert refused.value.code == "duty"
        batch = seal_batch(batch=batch, actor=UserFactory()) if verb is seal_batch else batch


def test_a_cancelled_batch_sets_everything_free_and_its_claims_go_into_the_next() -> None:
    line = money(10000)
    batch = sealed(line, 2)
    with pytest.raises(DomainError) as refused:
        cancel_batch(batch=batch, actor=batch.drafted_by, reason=" ")
    assert refused.value.code == "reason"
    cancel_batch(batch=batch, actor=batch.drafted_by, reason="示例原因")
    line.refresh_from_db()
    assert line.free == 10000
    assert set(Claim.objects.values_list("state", flat=True)) == {ClaimState.CLEARED}
    assert set(batch.lines.values_list("result", flat=True)) == {LineResult.CANCELLED}
    assert Message.objects.filter(kind="payment_put_off", channel="inbox").count() == 2
    again, _left = draft_batch(title="示例", budget_line=line, actor=UserFactory())
    assert again.lines.count() == 2
    with pytest.raises(DomainError):
        cancel_batch(batch=released(line, 1), actor=batch.drafted_by, reason="晚了")


def test_sealed_lines_are_fixed_and_a_changed_one_is_never_released() -> None:
    batch = sealed()
    line = lines(batch)[0]
    for deed in (add_claims, remove_claims):
        with pytest.raises(DomainError) as refused:
            deed(batch=batch, claims=[line.claim], actor=batch.drafted_by)
        assert refused.value.code == "sealed"
    with pytest.raises(DatabaseError, match="batch_sealed"), transaction.atomic():
        line.delete()
    with pytest.raises(DatabaseError, match="written_once"), transaction.atomic():
        PaymentLine.objects.filter(pk=line.pk).update(amount=1)
    PaymentLine.objects.filter(pk=line.pk).update(order=99)
    with pytest.raises(DomainError) as refused:
        release_batch(batch=batch, actor=UserFactory())
    assert refused.value.code == "fingerprint"


def test_what_would_come_out_otherwise_today_is_not_sealed() -> None:
    policy = PolicyFactory()
    batch = drafted(money(10000), 3, policy=policy)
    one, other, third = (line.claim for line in lines(batch))
    # Behind the portal's back: a sheet without a new version, the days of a stay, an amount with its lines.
    AttendanceSheet.objects.filter(placement=one.placement).update(half_days=0, marks={})
    Claim.objects.filter(pk=other.pk).update(inputs_hash="")
    for claims, named in (([one], one), ([other], other)):
        with pytest.raises(DomainError) as refused, transaction.atomic():
            seal_batch(batch=batch, actor=batch.drafted_by)
        assert refused.value.code == "lines"
        assert named.number in refused.value.message
        assert third.number not in refused.value.message
        remove_claims(batch=batch, claims=claims, actor=batch.drafted_by)
    assert seal_batch(batch=batch, actor=batch.drafted_by).count == 1


def test_many_claims_are_worked_out_anew_in_as_many_statements_as_few(django_assert_num_queries: Any) -> None:
    for number in (1, 4):
        batch = drafted(money(10000), number)
        with django_assert_num_queries(8):
            assert differing(Claim.objects.filter(payment_lines__batch=batch), 5) == []


def test_money_of_another_year_is_not_paid(monkeypatch) -> None:
    last_year = money(year=timezone.localdate().year - 1)
    payable(1)
    with pytest.raises(DomainError) as refused:
        draft_batch(title="示例", budget_line=last_year, actor=UserFactory())
    assert refused.value.code == "year"
    batch = sealed()
    monkeypatch.setattr(batches.timezone, "localdate", lambda *_: timezone.now().date() + timedelta(days=366))
    with pytest.raises(DomainError) as refused:
        release_batch(batch=batch, actor=UserFactory())
    assert refused.value.code == "year"
    # Nothing is lost over the turn of the year: the claims wait for a line of the new one, the money is free again.
    cancel_batch(batch=batch, actor=batch.drafted_by, reason="示例跨年")
    assert set(Claim.objects.values_list("state", flat=True)) == {ClaimState.CLEARED}
    assert batch.budget_line.entries.filter(account="budget").aggregate(sum=Sum("amount"))["sum"] == 1_000_000


def test_an_allotment_entered_too_high_is_cut_as_far_as_it_is_free() -> None:
    line = money(1000)
    with pytest.raises(DomainError) as refused:
        cut(budget_line=line, amount=Decimal(1001), document="示例〔2027〕2号", actor=None)
    assert refused.value.code == "budget"
    with pytest.raises(DomainError):
        cut(budget_line=line, amount=Decimal(-1), document="示例〔2027〕2号", actor=None)
    cut(budget_line=line, amount=Decimal(400), document="示例〔2027〕2号", actor=None)
    line.refresh_from_db()
    assert line.free == 600
    assert discrepancies() == []


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "100000000.01", "NaN", "Infinity"])
def test_absurd_amounts_are_not_allotted(amount: str) -> None:
    line = money(1)
    with pytest.raises(DomainError):
        allot(budget_line=line, amount=Decimal(amount), document="x", actor=None)
    with pytest.raises(DomainError):
        move(kind=JournalKind.ALLOTTED, movements=[Movement(line, Decimal(-5))], actor=None)
    with pytest.raises(IntegrityError, match="claim_amount"), transaction.atomic():
        ClaimFactory(amount=Decimal(-1))


def test_demo_claims_are_never_paid_from_real_money() -> None:
    payable(1, is_demo=True)
    with pytest.raises(DomainError):
        draft_batch(title="示例", budget_line=money(), actor=UserFactory())
    batch, _left = draft_batch(title="示例", budget_line=money(is_demo=True), actor=UserFactory())
    assert batch.is_demo
