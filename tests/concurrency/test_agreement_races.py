"""Two officers, one agreement, the same moment: one deed happens, the other is told."""

from datetime import date

import pytest

from bases.enums import AgreementKind, AgreementState
from bases.models import Agreement, AgreementStateChange
from bases.services.agreement import (
    expire_overdue_agreements,
    save_agreement,
    sign_agreement,
    succeed_agreement,
    terminate_agreement,
)
from tests.factories.bases import AgreementFactory
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 8


def refused(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def test_it_is_signed_once(at_once):
    agreement = AgreementFactory(papers=None)
    deed = lambda: sign_agreement(agreement=agreement, actor=None, reason="已签", signed_on=date(2024, 1, 1))  # noqa: E731
    outcomes = at_once(*[deed] * TIMES)
    assert len(refused(outcomes)) == TIMES - 1
    assert {type(error) for error in refused(outcomes)} == {DomainError}
    assert AgreementStateChange.objects.count() == 1


def test_it_is_signed_or_terminated_never_both(at_once):
    agreement = AgreementFactory(papers=None)
    outcomes = at_once(
        lambda: sign_agreement(agreement=agreement, actor=None, reason="已签", signed_on=date(2024, 1, 1)),
        lambda: terminate_agreement(agreement=agreement, actor=None, reason="取消"),
    )
    states = list(AgreementStateChange.objects.order_by("pk").values_list("to_state", flat=True))
    assert Agreement.objects.get().state == states[-1]
    # Signing first and terminating after it is a lawful order; the reverse is refused.
    assert states in ([AgreementState.TERMINATED], [AgreementState.SIGNED, AgreementState.TERMINATED])
    assert len(refused(outcomes)) == 2 - len(states)


def test_it_is_renewed_once(at_once):
    agreement = AgreementFactory(signed=True)

    def renew(number):
        successor = Agreement(title=f"续签{number}", kind=AgreementKind.FRAMEWORK)
        return succeed_agreement(agreement=agreement, successor=successor, amends=False, actor=None)

    outcomes = at_once(*[lambda number=number: renew(number) for number in range(TIMES)])
    assert len(refused(outcomes)) == TIMES - 1
    assert agreement.renewals.count() == 1


def test_of_two_edits_one_is_told_and_none_is_lost_unseen(at_once):
    agreement = AgreementFactory()

    def edit(text):
        mine = Agreement.objects.get()
        mine.summary = text
        return save_agreement(agreement=mine, actor=None, expected_revision=agreement.revision)

    outcomes = at_once(*[lambda number=number: edit(f"第{number}稿") for number in range(TIMES)])
    winner = next(outcome for outcome in outcomes if not isinstance(outcome, Exception))
    assert {error.code for error in refused(outcomes)} == {"stale"}
    assert Agreement.objects.get().summary == winner.summary


def test_two_sweeps_at_once_close_each_agreement_once(at_once):
    for _ in range(5):
        AgreementFactory(signed=True, valid_until=date(2024, 1, 1))
    outcomes = at_once(*[expire_overdue_agreements] * 4)
    assert sum(outcomes) == 5
    assert AgreementStateChange.objects.count() == 5
