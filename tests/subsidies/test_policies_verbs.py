"""A policy is drafted by one person, approved by another, and final from then on."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from internships.subsidies.enums import POLICY_TRANSITIONS, ClaimState, PolicyState, SchemeKind
from internships.subsidies.models import Policy, Scheme
from internships.subsidies.services.policy import (
    approve_policy,
    copy_policy,
    discard_policy,
    propose_policy,
    said_in_words,
    save_policy,
    send_back_policy,
)
from tests.factories.accounts import UserFactory
from tests.factories.organisations import HostFactory
from tests.factories.subsidies import RULES, PolicyFactory, SchemeFactory, claim_in
from tests.factories.subsidies_policies import policy_in
from wenxi_portal.accounts.models import User
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


def draft(scheme: Scheme, **kwargs: Any) -> Policy:
    values = {"valid_from": DAY, "rules": dict(RULES), "title": "示例办法", "document_number": "示例发〔2026〕1号"}
    return Policy(scheme=scheme, **values | kwargs)


VERBS: dict[str, Callable[[Policy, User], Policy]] = {
    "proposed": lambda policy, _actor: propose_policy(policy=policy, actor=policy.drafted_by),
    "draft": lambda policy, actor: send_back_policy(policy=policy, actor=actor, reason="缺依据"),
    "approved": lambda policy, actor: approve_policy(policy=policy, actor=actor),
    "discarded": lambda policy, actor: discard_policy(policy=policy, actor=actor, reason="不再需要"),
}


@pytest.mark.parametrize("target", PolicyState.values)
@pytest.mark.parametrize("source", PolicyState.values)
def test_every_pair_of_states(source: str, target: str) -> None:
    policy = policy_in(source)
    changes = policy.state_changes.count()
    if POLICY_TRANSITIONS.allows(source, target):
        VERBS[target](policy, UserFactory())
        policy.refresh_from_db()
        assert policy.state == target
        assert policy.state_changes.count() == changes + 1
    else:
        with pytest.raises(DomainError):
            VERBS[target](policy, UserFactory())
        policy.refresh_from_db()
        assert policy.state == source


def test_a_draft_is_edited_by_its_author_alone_and_approved_by_somebody_else() -> None:
    author, other = UserFactory(), UserFactory()
    host = HostFactory()
    policy = save_policy(policy=draft(SchemeFactory()), hosts=[host], actor=author)
    assert (policy.version, policy.state, [row.host for row in policy.policy_hosts.all()]) == (1, "draft", [host])
    policy.title = "改过的题目"
    save_policy(policy=policy, hosts=[], actor=author, expected_revision=policy.revision)
    assert not policy.policy_hosts.exists()
    with pytest.raises(DomainError) as refused:
        save_policy(policy=policy, hosts=[], actor=author, expected_revision=1)
    assert refused.value.code == "stale"
    with pytest.raises(DomainError) as refused:
        save_policy(policy=policy, hosts=[], actor=other)
    assert refused.value.code == "not_drafter"
    propose_policy(policy=policy, actor=author)
    with pytest.raises(DomainError) as refused:
        approve_policy(policy=policy, actor=author)
    assert refused.value.code == "two_people"
    assert approve_policy(policy=policy, actor=other).approved_by == other


def test_editing_an_approved_version_is_refused_in_words() -> None:
    policy = PolicyFactory()
    policy.title = "改过的题目"
    with pytest.raises(DomainError) as refused:
        save_policy(policy=policy, hosts=[], actor=policy.drafted_by)
    assert refused.value.code == "final"
    # Where a program tries it past the service, the database's own refusal becomes the same sentence.
    past_the_service: list[tuple[str, Callable[[], object]]] = [
        ("final", lambda: Policy.objects.filter(pk=policy.pk).update(title="改过的题目")),
        ("final", lambda: policy.policy_hosts.create(host=HostFactory())),
        ("overlap", lambda: PolicyFactory(scheme=policy.scheme, version=2, valid_from=DAY)),
    ]
    for code, deed in past_the_service:
        with pytest.raises(DomainError) as refused, said_in_words():
            deed()
        assert refused.value.code == code


def test_a_newer_version_ends_the_one_before() -> None:
    older = PolicyFactory(valid_from=date(2021, 1, 1))
    author = UserFactory()
    newer = save_policy(policy=draft(older.scheme), hosts=[], actor=author)
    assert newer.version == 2
    propose_policy(policy=newer, actor=author)
    approve_policy(policy=newer, actor=UserFactory())
    older.refresh_from_db()
    assert older.valid_until == date(2026, 2, 28)
    assert list(Policy.objects.in_force_on(date(2026, 2, 28))) == [older]
    assert list(Policy.objects.in_force_on(DAY)) == [newer]


@pytest.mark.parametrize(
    "days", [{"valid_from": date(2020, 1, 1)}, {"valid_from": date(2021, 1, 1)}, {"valid_from": date(2027, 6, 1)}]
)
def test_an_overlap_is_named(days: dict[str, Any]) -> None:
    scheme = SchemeFactory()
    PolicyFactory(scheme=scheme, valid_from=date(2021, 1, 1), valid_until=date(2024, 12, 31))
    PolicyFactory(scheme=scheme, version=2, valid_from=date(2027, 1, 1), valid_until=date(2027, 12, 31))
    author = UserFactory()
    policy = save_policy(policy=draft(scheme, **days), hosts=[], actor=author)
    with pytest.raises(DomainError) as refused:
        propose_policy(policy=policy, actor=author)
    assert (refused.value.code, refused.value.field) == ("overlap", "valid_from")


@pytest.mark.parametrize(
    ("kind", "rules", "field"),
    [
        (SchemeKind.ALLOWANCE, {"rates": {"bachelor": "-5"}}, "rates.bachelor"),
        (SchemeKind.ALLOWANCE, {"bonus": {"amounts": {"bachelor": "5"}}}, "rates"),
        (SchemeKind.BONUS, {"rates": {"bachelor": "5"}}, "bonus"),
    ],
)
def test_rules_without_sense_are_refused_at_their_field(kind: str, rules: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        save_policy(policy=draft(SchemeFactory(kind=kind), rules=rules), hosts=[], actor=UserFactory())
    assert refused.value.field == field


def test_a_copy_is_a_new_draft_from_a_later_day() -> None:
    host = HostFactory()
    policy = PolicyFactory(draft=True)
    policy.policy_hosts.create(host=host)
    copied = copy_policy(policy=policy, actor=UserFactory())
    assert (copied.state, copied.rules, copied.version) == ("draft", policy.rules, 2)
    assert [row.host for row in copied.policy_hosts.all()] == [host]


def test_open_claims_follow_a_policy_that_takes_their_days_and_paid_ones_stay() -> None:
    older = PolicyFactory()
    reviewed = claim_in(ClaimState.SECOND_REVIEWED, policy=older)
    paid = claim_in(ClaimState.PAID, policy=older)
    author = UserFactory()
    first = min(reviewed.starts_on, paid.starts_on)
    newer = save_policy(policy=draft(older.scheme, valid_from=first), hosts=[], actor=author)
    propose_policy(policy=newer, actor=author)
    approve_policy(policy=newer, actor=UserFactory())
    reviewed.refresh_from_db()
    paid.refresh_from_db()
    assert (reviewed.state, reviewed.policy, reviewed.round) == (ClaimState.DRAFT, newer, 2)
    assert reviewed.state_changes.order_by("pk").last().reason
    assert (paid.state, paid.policy) == (ClaimState.PAID, older)
