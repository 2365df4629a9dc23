"""Any sequence of deeds by anybody: balance, one payment a claim, caps and duties hold, and nothing is overdrawn."""

import random
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.models import Count, F, Q, Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from internships.subsidies.enums import SEPARATE_DUTIES, BatchState, ClaimState, LineResult
from internships.subsidies.models import BudgetLine, Claim, ClaimDuty, PaymentBatch, PaymentLine, Recovery
from internships.subsidies.services.batch import (
    add_claims,
    cancel_batch,
    draft_batch,
    release_batch,
    remove_claims,
    seal_batch,
)
from internships.subsidies.services.recovery import receive_recovery
from internships.subsidies.services.result import read_result
from tests.factories.accounts import UserFactory
from tests.factories.payments import PAID, PENDING, RETURNED, correct, lines, money, payable, result_csv, rows_of
from tests.factories.subsidies import PolicyFactory
from tests.subsidies.conftest import assert_reconciled
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db
CLAIMS, FREE, CAP = 5, 7000, 6000
DEEDS = ("draft", "draft", "add", "remove", "seal", "seal", "release", "release", "cancel", "result", "result", "correct",
         "recover")  # fmt: skip


class Office:
    """Everybody who may try something, and what they try."""

    def __init__(self) -> None:
        self.line = money(FREE)
        payable(CLAIMS, policy=PolicyFactory(most_a_batch=Decimal(CAP)))
        reviewers = ClaimDuty.objects.filter(duty="second_review").select_related("user")[:1]
        self.people = [UserFactory() for _number in range(3)] + [duty.user for duty in reviewers]
        self.corrections = 0

    def try_(self, deed: str, dice: random.Random) -> None:
        """Try a deed; a refusal is as good as a success, as long as nothing breaks."""
        batches = list(PaymentBatch.objects.order_by("pk"))
        batch = dice.choice(batches) if batches else None
        if batch is None and deed in {"add", "remove", "seal", "release", "cancel", "result"}:
            return
        try:
            with transaction.atomic():
                getattr(self, f"_{deed}")(batch, dice.choice(self.people), dice)
        except DomainError:
            return

    def _draft(self, _batch, actor, _dice) -> None:
        draft_batch(title="示例", budget_line=self.line, actor=actor)

    def _add(self, batch, actor, _dice) -> None:
        add_claims(batch=batch, claims=Claim.objects.all(), actor=actor)

    def _remove(self, batch, actor, dice) -> None:
        remove_claims(batch=batch, claims=dice.sample(list(Claim.objects.all()), 2), actor=actor)

    def _seal(self, batch, actor, _dice) -> None:
        seal_batch(batch=batch, actor=actor)

    def _release(self, batch, actor, _dice) -> None:
        release_batch(batch=batch, actor=actor)

    def _cancel(self, batch, actor, _dice) -> None:
        cancel_batch(batch=batch, actor=actor, reason="示例")

    def _result(self, batch, actor, dice) -> None:
        told = {line.order: dice.choice([PAID, PAID, RETURNED, PENDING]) for line in lines(batch)}
        read_result(batch=batch, upload=result_csv(rows_of(batch, told)), actor=actor)

    def _correct(self, _batch, _actor, _dice) -> None:
        for claim in Claim.objects.filter(state=ClaimState.RETURNED):
            self.corrections += 1
            correct(claim, self.corrections)

    def _recover(self, _batch, actor, dice) -> None:
        claims = list(Claim.objects.filter(state=ClaimState.PAID).exclude(recoveries__isnull=False))
        if claims:
            recovery = Recovery.objects.create(
                claim=dice.choice(claims), amount=dice.choice([Decimal(2000), Decimal(1)]), reason="示例",
                due_on=timezone.localdate(), demanded_by=actor,
            )  # fmt: skip
            receive_recovery(recovery=recovery, actor=actor, on=timezone.localdate())

    def check(self) -> None:
        """Look at everything that must always hold."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        assert_reconciled()
        assert BudgetLine.objects.get(pk=self.line.pk).free >= 0
        live = Q(payment_lines__result__in=[LineResult.PENDING, LineResult.PAID])
        assert not Claim.objects.annotate(live=Count("payment_lines", filter=live)).filter(live__gt=1).exists()
        heavy = PaymentLine.objects.filter(
            batch__state__in=[BatchState.SEALED, BatchState.RELEASED, BatchState.SETTLED]
        )
        assert all(row["total"] <= CAP for row in heavy.values("batch").annotate(total=Sum("amount")))
        released = PaymentBatch.objects.filter(released_by__isnull=False)
        assert not released.filter(Q(released_by=F("drafted_by")) | Q(released_by=F("sealed_by"))).exists()
        duties = ClaimDuty.objects.filter(duty__in=SEPARATE_DUTIES).values("claim", "user")
        assert not duties.annotate(kinds=Count("duty", distinct=True)).filter(kinds__gt=1).exists()


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(DEEDS), min_size=15, max_size=30), st.integers(0, 2**32))
def test_whatever_anybody_tries_in_whatever_order_the_money_stays_right(deeds: list[str], seed: int) -> None:
    dice = random.Random(seed)
    with transaction.atomic():
        office = Office()
        for deed in deeds:
            office.try_(deed, dice)
            office.check()
        transaction.set_rollback(True)
