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
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db

ALLOWED = {("intent", "signed"), ("intent", "terminated"), ("signed", "expired"), ("signed", "terminated")}
TRAITS = {"intent": {}, "signed": {"signed": True}, "expired": {"expired": True}, "terminated": {"terminated": True}}
PAIRS = [(source, target) for source in TRAITS for target in ("signed", "expired", "terminated")]


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_pair(source, target):
    agreement = AgreementFactory(**TRAITS[source], papers=None)
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
        sign_agreement(agreement=AgreementFactory(papers=None), actor=None, reason="已签")
    signed = sign_agreement(agreement=AgreementFactory(papers=None), actor=None, reason="已签", signed_year=2021)
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


def test_a_single_paper_is_signed_by_two_parties():
    agreement = AgreementFactory()
    parties = [Party("闻喜县（示例）", PartySide.COUNTY)]
    save_agreement(agreement=agreement, actor=None, parties=parties)
    with pytest.raises(DomainError) as refusal:
        sign_agreement(agreement=agreement, actor=None, reason="已签", signed_year=2021)
    assert refusal.value.code == "parties"
    save_agreement(agreement=agreement, actor=None, parties=[*parties, Party("示例大学", PartySide.UNIVERSITY)])
    sign_agreement(agreement=agreement, actor=None, reason="已签", signed_year=2021)


@pytest.mark.parametrize(
    "change",
    [{"title": "别的标题"}, {"signed_on": date(2023, 6, 2), "signed_year": 2023}, {"kind": "other"}, {"papers": 2}],
)
def test_what_a_signed_paper_says_is_corrected_with_a_reason_only(change):
    agreement = AgreementFactory(signed=True)
    for name, value in change.items():
        setattr(agreement, name, value)
    with pytest.raises(DomainError) as refusal:
        save_agreement(agreement=agreement, actor=None)
    assert refusal.value.field == "correction_reason"
    save_agreement(agreement=agreement, actor=None, correction_reason="录入有误")
    assert AuditEntry.objects.get(verb=Verb.CHANGED).reason == "录入有误"


def test_the_parties_of_a_signed_paper_do_not_vanish():
    agreement = AgreementFactory(signed=True)
    kept, added = Party("示例甲方", PartySide.COUNTY), Party("示例乙方", PartySide.OTHER)
    save_agreement(agreement=agreement, actor=None, parties=[kept, added])
    with pytest.raises(DomainError):
        save_agreement(agreement=agreement, actor=None, parties=[kept])
    assert agreement.parties.count() == 2


def test_what_was_missing_is_completed_without_a_reason():
    agreement = AgreementFactory(signed=True, signed_on=None, signed_year=2021, date_note="日期待补录")
    agreement.signed_on = date(2021, 10, 3)
    save_agreement(agreement=agreement, actor=None)
    agreement.summary = "补充说明"
    save_agreement(agreement=agreement, actor=None)


@pytest.mark.parametrize("dates", [{"signed_on": "tomorrow"}, {"signed_year": 2099}])
def test_nothing_is_signed_in_the_future(dates):
    tomorrow = timezone.localdate() + timedelta(days=1)
    given = {name: tomorrow if value == "tomorrow" else value for name, value in dates.items()}
    with pytest.raises((DomainError, ValidationError)):
        sign_agreement(agreement=AgreementFactory(papers=None), actor=None, reason="已签", **given)
