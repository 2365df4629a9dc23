"""Every pair of states of notices, objections, batches, lines and recoveries is legal or refused, as written here.

Claims have theirs in ``test_claims_matrix``, policies in ``test_policies_verbs``. The tables stand here a second time on
purpose: whoever changes what may follow what changes it in both places.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from internships.subsidies.enums import (
    BATCH_TRANSITIONS,
    CLAIM_TRANSITIONS,
    NOTICE_OBJECTION_TRANSITIONS,
    NOTICE_TRANSITIONS,
    RECOVERY_TRANSITIONS,
    BatchState,
    ClaimState,
    LineResult,
    NoticeObjectionState,
    NoticeState,
    RecoveryState,
)
from internships.subsidies.models import PaymentBatch, PaymentLine, PublicNotice, Recovery
from internships.subsidies.services.account import correct_after_return
from internships.subsidies.services.batch import add_claims, cancel_batch, release_batch, remove_claims, seal_batch
from internships.subsidies.services.demand import demand_recovery
from internships.subsidies.services.moves import void_reviews
from internships.subsidies.services.notice import cancel_notice, end_notice, publish_notice, refresh_draft
from internships.subsidies.services.recovery import receive_recovery, waive_recovery
from internships.subsidies.services.result import read_result
from internships.subsidies.services.review import SINCE, VERBS
from tests.factories.accounts import UserFactory, staff
from tests.factories.payments import (
    PAID,
    PENDING,
    RETURNED,
    drafted,
    payable,
    released,
    result_csv,
    rows_of,
    sealed,
)
from tests.factories.reviews import drafted_notice, public_notice
from tests.factories.subsidies import claim_in
from wenxi_portal.core.errors import DomainError

N, OBJ, B, R, L = NoticeState, NoticeObjectionState, BatchState, RecoveryState, LineResult
C = ClaimState
LEGAL: dict[Any, set[tuple[str, str]]] = {
    NOTICE_TRANSITIONS: {
        (N.DRAFT, N.PUBLISHED), (N.DRAFT, N.CANCELLED), (N.PUBLISHED, N.ENDED), (N.PUBLISHED, N.CANCELLED),
    },
    NOTICE_OBJECTION_TRANSITIONS: {(OBJ.WAITING, OBJ.UPHELD), (OBJ.WAITING, OBJ.REJECTED)},
    BATCH_TRANSITIONS: {
        (B.DRAFT, B.SEALED), (B.DRAFT, B.CANCELLED), (B.SEALED, B.RELEASED), (B.SEALED, B.CANCELLED),
        (B.RELEASED, B.SETTLED),
    },
    RECOVERY_TRANSITIONS: {(R.DEMANDED, R.RECEIVED), (R.DEMANDED, R.WAIVED)},
}  # fmt: skip
# What a claim that money was moved for may become: the rest of its table is walked by ``test_claims_matrix``.
MONEY_MOVES = {
    C.CLEARED: {C.BATCHED, C.ENROLLED, C.DRAFT, C.WITHDRAWN},
    C.BATCHED: {C.PAID, C.RETURNED, C.CLEARED, C.CORRECTED},
    C.PAID: {C.ARCHIVED, C.RETURNED, C.RECOVERED},
    C.RETURNED: {C.CORRECTED, C.WITHDRAWN},
    C.CORRECTED: {C.BATCHED},
    C.ARCHIVED: {C.RECOVERED},
    C.RECOVERED: set(),
    C.REFUSED: set(),
    C.WITHDRAWN: set(),
}


def test_every_pair_is_in_the_table_or_refused() -> None:
    for table, legal in LEGAL.items():
        for source in table.choices.values:
            for target in table.choices.values:
                if (source, target) in legal:
                    table.check(source, target)
                else:
                    with pytest.raises(DomainError) as refusal:
                        table.check(source, target)
                    assert refusal.value.code == "transition"
    assert {source: set(CLAIM_TRANSITIONS.targets(source)) for source in MONEY_MOVES} == MONEY_MOVES


def goes_through(verb: Callable[[], Any]) -> bool:
    """Try a verb and take it back; tell whether it was let through."""
    done = False
    with suppress(DomainError), transaction.atomic():
        verb()
        done = True
        transaction.set_rollback(True)
    return done


def settled() -> PaymentBatch:
    batch = released(number=1)
    read_result(batch=batch, upload=result_csv(rows_of(batch)), actor=UserFactory())
    return batch


def cancelled() -> PaymentBatch:
    batch = sealed(number=1)
    return cancel_batch(batch=batch, actor=batch.drafted_by, reason="示例")


BATCHES: dict[BatchState, tuple[Callable[[], PaymentBatch], set[str]]] = {
    B.DRAFT: (lambda: drafted(number=1), {"add", "remove", "seal", "cancel"}),
    B.SEALED: (lambda: sealed(number=1), {"release", "cancel"}),
    B.RELEASED: (lambda: released(number=1), {"result"}),
    # The file of the day before once more: it may tell of a payment that came back.
    B.SETTLED: (settled, {"result"}),
    B.CANCELLED: (cancelled, set()),
}


@pytest.mark.django_db
@pytest.mark.parametrize("state", B.values)
def test_every_verb_in_every_state_of_a_batch(state: str) -> None:
    make, allowed = BATCHES[B(state)]
    batch = PaymentBatch.objects.get(pk=make().pk)
    assert batch.state == state
    more, actor = payable(1), staff()
    own = [line.claim for line in batch.lines.all()]
    upload = rows_of(batch, dict.fromkeys([1], RETURNED if state == B.SETTLED else PAID))
    verbs: dict[str, Callable[[], Any]] = {
        "add": lambda: add_claims(batch=batch, claims=more, actor=actor),
        "remove": lambda: remove_claims(batch=batch, claims=own, actor=actor),
        "seal": lambda: seal_batch(batch=batch, actor=actor),
        "release": lambda: release_batch(batch=batch, actor=actor),
        "cancel": lambda: cancel_batch(batch=batch, actor=actor, reason="示例"),
        "result": lambda: read_result(batch=batch, upload=result_csv(upload), actor=actor),
    }
    assert {name for name, verb in verbs.items() if goes_through(verb)} == allowed


@pytest.mark.django_db
@pytest.mark.parametrize("state", C.values)
def test_no_verb_enters_a_state_by_the_way_back_into_it(state: str) -> None:
    """Voided reviews and cancelled batches lead back: nobody goes there from behind by a verb that leads forward."""
    claim, actor = claim_in(state), staff()
    for duty, source in SINCE.items():
        if state != source:
            with pytest.raises(DomainError) as refusal:
                VERBS[duty](claim=claim, actor=actor, opinion="示例")
            assert refusal.value.code == "transition"
    if state not in (C.RETURNED, C.CORRECTED):
        with pytest.raises(DomainError):
            correct_after_return(claim=claim, actor=actor, is_unchanged_right=True)
    if state in (C.SUBMITTED, C.HOST_CONFIRMED, C.ENROLLED):
        with pytest.raises(DomainError):
            void_reviews(claim=claim, to_state=C.ENROLLED, reason="示例", actor=actor)


@pytest.mark.django_db
def test_every_pair_of_results_of_a_line() -> None:
    """Of each pair: whether a file that says so is applied. Waiting once more is no news and changes nothing."""
    legal = {
        (L.PENDING, L.PENDING), (L.PENDING, L.PAID), (L.PENDING, L.RETURNED), (L.PAID, L.PAID), (L.PAID, L.RETURNED),
        (L.RETURNED, L.RETURNED),
    }  # fmt: skip
    words = {L.PENDING: PENDING, L.PAID: PAID, L.RETURNED: RETURNED}
    applied = set()
    for source, told in words.items():
        batch = released(number=1)
        read_result(batch=batch, upload=result_csv(rows_of(batch, {1: told})), actor=UserFactory())
        assert batch.lines.get().result == source
        for target in L:
            rows = rows_of(batch, {1: words.get(target, "撤销")})
            rows[0].append(f"{source}-{target}")
            file = read_result(batch=batch, upload=result_csv(rows, [*["流水号", "金额", "结果", "日期", "失败原因", "备注"]]),
                               actor=UserFactory())  # fmt: skip
            if file.was_applied:
                applied.add((source, target))
            if file.was_applied and source != target:
                # Each pair begins with a line of its own.
                assert batch.lines.get().result == target
                batch = released(number=1)
                read_result(batch=batch, upload=result_csv(rows_of(batch, {1: told})), actor=UserFactory())
    assert applied == legal
    line = PaymentLine.objects.get(batch=cancelled())
    assert line.result == L.CANCELLED
    with pytest.raises(DomainError):
        read_result(batch=line.batch, upload=result_csv(rows_of(line.batch)), actor=UserFactory())


@pytest.mark.django_db
def test_every_verb_in_every_state_of_a_notice() -> None:
    today, actor = timezone.localdate(), staff()
    allowed = {N.DRAFT: {"publish", "refresh", "cancel"}, N.PUBLISHED: {"cancel", "end"}, N.ENDED: set(),
               N.CANCELLED: set()}  # fmt: skip
    later = today + timedelta(days=60)
    made = {state: drafted_notice() if state == N.DRAFT else public_notice() for state in N}
    end_notice(notice=made[N.ENDED], today=later)
    cancel_notice(notice=made[N.CANCELLED], actor=actor, reason="示例")
    for state, row in made.items():
        notice = PublicNotice.objects.get(pk=row.pk)
        assert notice.state == state
        verbs: dict[str, Callable[[], Any]] = {
            "publish": lambda notice=notice: publish_notice(notice=notice, actor=actor),
            "refresh": lambda notice=notice: refresh_draft(notice=notice, actor=actor),
            "cancel": lambda notice=notice: cancel_notice(notice=notice, actor=actor, reason="示例"),
        }
        done = {name for name, verb in verbs.items() if goes_through(verb)}
        with transaction.atomic():
            done |= {"end"} if end_notice(notice=notice, today=later) else set()
            transaction.set_rollback(True)
        assert done == allowed[state], state


@pytest.mark.django_db
def test_every_verb_in_every_state_of_a_recovery() -> None:
    batch = settled()
    claim, today = batch.lines.get().claim, timezone.localdate()
    asked, other, third = (staff() for _number in range(3))
    for state in R:
        open_ = Recovery.objects.create(claim=claim, amount=1, reason="示例", due_on=today, demanded_by=asked)
        verbs: dict[str, Callable[[], Any]] = {
            "receive": lambda row=open_: receive_recovery(recovery=row, actor=other, on=today),
            "waive": lambda row=open_: waive_recovery(recovery=row, actor=other, on=today, note="示例决定"),
        }
        if state == R.DEMANDED:
            assert {name for name, verb in verbs.items() if goes_through(verb)} == {"receive", "waive"}
        verbs["waive" if state == R.WAIVED else "receive"]()
        if state != R.DEMANDED:
            again: dict[str, Callable[[], Any]] = {
                "receive": lambda row=open_: receive_recovery(recovery=row, actor=third, on=today),
                "waive": lambda row=open_: waive_recovery(recovery=row, actor=third, on=today, note="示例决定"),
            }
            assert not [name for name, verb in again.items() if goes_through(verb)]
    for state in (C.CLEARED, C.BATCHED, C.RETURNED, C.RECOVERED, C.WITHDRAWN):
        with pytest.raises(DomainError):
            demand_recovery(claim=claim_in(state), actor=asked, reason="示例", is_whole=True)
