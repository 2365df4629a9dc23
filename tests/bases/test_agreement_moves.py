"""Every pair of states of an agreement, and what may follow an agreement."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from bases.enums import AgreementKind, AgreementState, PartySide
from bases.models import Agreement, AgreementStateChange
from bases.services.agreement import (
    Party,
    expire_agreement,
    expire_overdue_agreements,
    save_agreement,
    sign_agreement,
    succeed_agreement,
    terminate_agreement,
)
from tests.factories.bases import AgreementFactory, BaseFactory
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db

ALLOWED = {("intent", "signed"), ("intent", "terminated"), ("signed", "expired"), ("signed", "terminated")}
TRAITS = {"intent": {}, "signed": {"signed": True}, "expired": {"expired": True}, "terminated": {"terminated": True}}
PAIRS = [(source, target) for source in TRAITS for target in ("signed", "expired", "terminated")]


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_pair(source, target):
    agreement = AgreementFactory(**TRAITS[source])
    if (source, target) == ("signed", "expired"):
        Agreement.objects.update(valid_until=yesterday())
    verbs = {
        "signed": lambda: sign_agreement(agreement=agreement, actor=None, reason="已签", signed_on=yesterday()),
        "expired": lambda: expire_agreement(agreement=agreement, actor=None, reason="到期"),
        "terminated": lambda: terminate_agreement(agreement=agreement, actor=None, reason="协商终止"),
    }
    if (source, target) not in ALLOWED:
        with pytest.raises(DomainError) as refusal:
            verbs[target]()
        assert refusal.value.code == "transition"
        assert Agreement.objects.get().state == source
        return
    verbs[target]()
    change = AgreementStateChange.objects.get()
    assert (change.from_state, change.to_state) == (source, target)
    assert Agreement.objects.get().state == target


def test_signing_needs_a_day_a_year_or_a_note():
    with pytest.raises(ValidationError):
        sign_agreement(agreement=AgreementFactory(), actor=None, reason="已签")
    signed = sign_agreement(agreement=AgreementFactory(), actor=None, reason="已签", signed_year=2021)
    assert (signed.signed_on, signed.signed_year) == (None, 2021)


def test_a_running_agreement_does_not_expire():
    with pytest.raises(DomainError) as refusal:
        expire_agreement(agreement=AgreementFactory(signed=True), actor=None, reason="到期")
    assert refusal.value.code == "running"


def test_the_sweep_closes_what_ran_out_however_late_and_only_once():
    for days in (1, 40):
        AgreementFactory(signed=True, valid_until=timezone.localdate() - timedelta(days=days))
    AgreementFactory(signed=True, valid_until=timezone.localdate())
    assert (expire_overdue_agreements(), expire_overdue_agreements()) == (2, 0)
    assert AgreementStateChange.objects.filter(to_state=AgreementState.EXPIRED, actor=None).count() == 2


def test_an_agreement_is_not_terminated_before_it_was_signed():
    with pytest.raises(DomainError) as refusal:
        terminate_agreement(agreement=AgreementFactory(signed=True), actor=None, reason="终止", on=date(2020, 1, 1))
    assert refusal.value.code == "early"


def test_a_renewal_is_a_new_row_that_points_back_and_there_is_one():
    base = BaseFactory()
    first = AgreementFactory(signed=True, bases=[base])
    party = Party("示例方", PartySide.OTHER)
    save_agreement(agreement=first, actor=None, parties=[party])

    def renew(title):
        successor = Agreement(title=title, kind=AgreementKind.FRAMEWORK)
        return succeed_agreement(agreement=first, successor=successor, amends=False, actor=None)

    renewal = renew("续签")
    assert (renewal.renews, renewal.state) == (first, AgreementState.INTENT)
    assert [party.name for party in renewal.parties.all()] == ["示例方"]
    assert list(renewal.bases.all()) == [base]
    assert Agreement.objects.get(pk=first.pk).state == AgreementState.SIGNED
    with pytest.raises(DomainError) as refusal:
        renew("再续签")
    assert refusal.value.code == "renewed"


def test_an_intent_is_edited_not_amended():
    with pytest.raises(DomainError):
        succeed_agreement(
            agreement=AgreementFactory(),
            successor=Agreement(title="补充", kind=AgreementKind.OTHER),
            amends=True,
            actor=None,
        )
