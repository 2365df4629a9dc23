"""Every pair of states through the mover; and two who do the same at once."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from internships.subsidies.enums import CLAIM_TRANSITIONS, UNDER_WAY, WITH_STUDENT, ClaimState
from internships.subsidies.models import BankAccount, Claim
from internships.subsidies.services.account import set_account
from internships.subsidies.services.claim import submit, withdraw
from internships.subsidies.services.moves import CLAIMS
from tests.factories.subsidies import card_number, claim_in
from tests.subsidies.claims_world import account, handed_in, prepared, student_of
from wenxi_portal.core.errors import DomainError

C = ClaimState


@pytest.mark.django_db
@pytest.mark.parametrize("source", ClaimState.values)
def test_every_pair_of_states(source):
    claim = claim_in(source)
    for target in ClaimState.values:
        if CLAIM_TRANSITIONS.allows(source, target):
            assert CLAIMS.locked(claim, target).state == source
        else:
            with pytest.raises(DomainError) as refusal:
                CLAIMS.locked(claim, target)
            assert refusal.value.code == "transition"


def test_what_ended_never_moves_again():
    for state in (C.REFUSED, C.WITHDRAWN, C.RECOVERED):
        assert CLAIM_TRANSITIONS.targets(state) == []
    # Until money moves there is always a way out, and nothing is paid that was not in a batch.
    assert all(CLAIM_TRANSITIONS.allows(state, C.WITHDRAWN) for state in (*UNDER_WAY, *WITH_STUDENT))
    assert [state for state in C.values if CLAIM_TRANSITIONS.allows(state, C.PAID)] == [C.BATCHED]
    assert [state for state in C.values if CLAIM_TRANSITIONS.allows(state, C.BATCHED)] == [C.CLEARED, C.CORRECTED]


def at_once(*deeds):
    """Do the deeds at the same moment, each in a connection of its own; return what each came to."""
    start, results = Barrier(len(deeds)), [None] * len(deeds)

    def one(place, deed):
        try:
            start.wait(10)
            results[place] = deed()
        except DomainError as refusal:
            results[place] = refusal
        finally:
            connection.close()

    threads = [Thread(target=one, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@pytest.mark.django_db(transaction=True)
def test_races_of_one_student():
    claim = prepared()
    account(claim)
    student = student_of(claim)

    def hand_in():
        return submit(claim=Claim.objects.get(pk=claim.pk), actor=student, declared=True)

    done = at_once(hand_in, hand_in, hand_in)
    assert {one.state for one in done} == {C.SUBMITTED}
    claim.refresh_from_db()
    assert claim.state_changes.filter(to_state=C.SUBMITTED).count() == 1
    # Two tabs with two cards: one account is in use, and the claim has it.
    numbers = [card_number(500), card_number(501)]
    tabs = [
        lambda number=number: set_account(
            student=claim.student, holder=claim.student.name, card=number, bank="示例银行", actor=student
        )
        for number in numbers
    ]
    assert all(isinstance(one, BankAccount) for one in at_once(*tabs))
    in_use = BankAccount.objects.get(student=claim.student, ended_at=None)
    claim.refresh_from_db()
    assert claim.account == in_use
    # Taken back in one tab while the other hands in anew: whichever is later, one state is left and nothing is lost.
    done = at_once(hand_in, lambda: withdraw(claim=Claim.objects.get(pk=claim.pk), actor=student))
    claim.refresh_from_db()
    assert claim.state == C.WITHDRAWN
    assert any(isinstance(one, Claim) for one in done)
    assert handed_in(number=600).state == C.SUBMITTED
