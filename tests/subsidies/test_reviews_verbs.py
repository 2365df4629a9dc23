"""Reviews: duties with opinions, separate hands, checks, bulk, the sample, the leading group."""

import pytest

from internships.models import AttendanceSheet, Insurance
from internships.subsidies.enums import ClaimState, Duty, FlagKind, RecheckVerdict
from internships.subsidies.models import Claim, ClaimFlag
from internships.subsidies.selectors.queues import QUEUES, counts, queue_rows, ready_for_notice
from internships.subsidies.selectors.standing import standing
from internships.subsidies.services.recheck import recheck
from internships.subsidies.services.review import (
    check_enrolment,
    decide_by_group,
    first_review,
    look_at,
    review_many,
    second_review,
)
from tests.factories.accounts import staff
from tests.factories.reviews import duty_of, hands, sample_policy, worked_claim
from wenxi_portal.core.errors import DomainError
from wenxi_portal.notifications.models import Message

pytestmark = pytest.mark.django_db
C = ClaimState


def refused(code, verb, **values):
    with pytest.raises(DomainError) as refusal:
        verb(**values)
    assert refusal.value.code == code, refusal.value.message
    return refusal.value


def test_the_way_through_the_reviews_keeps_who_when_and_why():
    claim = worked_claim(C.HOST_CONFIRMED)
    people = hands(claim)
    assert claim.amount == 2000
    check_enrolment(claim=claim, actor=people["officer"], opinion="学籍有效")
    first_review(claim=claim, actor=people["officer"], opinion="同意")
    second_review(claim=claim, actor=people["second"], opinion="复审同意")
    claim.refresh_from_db()
    assert claim.state == C.SECOND_REVIEWED
    assert not claim.needs_group
    done = {duty.duty: (duty.user, duty.opinion) for duty in claim.duties.exclude(duty=Duty.HOST_CONFIRM)}
    assert done == {
        Duty.ENROLMENT: (people["officer"], "学籍有效"),
        Duty.FIRST_REVIEW: (people["officer"], "同意"),
        Duty.SECOND_REVIEW: (people["second"], "复审同意"),
    }
    told = list(claim.state_changes.order_by("pk").values_list("to_state", "reason", "actor"))
    assert told[-1] == (C.SECOND_REVIEWED, "复审同意", people["second"].pk)
    assert ready_for_notice().get() == claim


def test_nobody_reviews_twice_nor_their_own_claim_nor_after_confirming_for_the_host():
    claim = worked_claim(C.FIRST_REVIEWED)
    refused("duty", second_review, claim=claim, actor=duty_of(claim, Duty.FIRST_REVIEW))
    refused("duty", second_review, claim=claim, actor=duty_of(claim, Duty.HOST_CONFIRM))
    refused("duty", second_review, claim=claim, actor=claim.student.user)
    refused("transition", first_review, claim=claim, actor=staff())
    assert second_review(claim=claim, actor=staff()).state == C.SECOND_REVIEWED


def test_a_stale_page_changes_nothing():
    claim = worked_claim(C.ENROLLED)
    first_review(claim=claim, actor=staff(), expected=C.ENROLLED)
    refused("stale", second_review, claim=claim, actor=staff(), expected=C.ENROLLED)


def test_what_is_not_green_asks_for_an_opinion_and_findings_hold():
    claim = worked_claim(C.ENROLLED, policy=sample_policy(papers=["appraisal"]))
    assert [check.name for check in look_at(claim, user=staff(), duty=Duty.FIRST_REVIEW) if not check.met] == ["papers"]
    refusal = refused("opinion", first_review, claim=claim, actor=staff())
    assert refusal.field == "opinion"
    flag = ClaimFlag.objects.create(claim=claim, kind=FlagKind.OTHER_SCHEME)
    refused("held", first_review, claim=claim, actor=staff(), opinion="已核实")
    flag.delete()
    assert first_review(claim=claim, actor=staff(), opinion="鉴定表稍后补交").state == C.FIRST_REVIEWED


def test_a_gap_in_the_insurance_and_another_amount_let_nobody_pass():
    claim = worked_claim(C.ENROLLED)
    Insurance.objects.filter(placement=claim.placement).update(ends_on="2026-04-01")
    refused("held", first_review, claim=claim, actor=staff(), opinion="同意")
    other = worked_claim(C.ENROLLED)
    AttendanceSheet.objects.filter(placement=other.placement, month="2026-04-01").update(
        half_days=2, marks={"1": "present"}
    )
    refused("held", first_review, claim=other, actor=staff(), opinion="同意")


def test_bulk_takes_only_what_is_green_and_says_why_not():
    policy = sample_policy()
    claims = [worked_claim(C.FIRST_REVIEWED, policy=policy) for _each in range(3)]
    actor = duty_of(claims[0], Duty.FIRST_REVIEW)
    ClaimFlag.objects.create(claim=claims[1], kind=FlagKind.SAME_CARD)
    passed, left = review_many(claims=claims, duty=Duty.SECOND_REVIEW, actor=actor)
    assert [claim.pk for claim in passed] == [claims[2].pk]
    assert {one.claim.pk: bool(one.reason) for one in left} == {claims[0].pk: True, claims[1].pk: True}
    assert duty_of(passed[0], Duty.SECOND_REVIEW) == actor


def test_from_an_amount_on_the_leading_group_decides():
    claim = worked_claim(C.FIRST_REVIEWED, policy=sample_policy(group_from=2000))
    second_review(claim=claim, actor=staff())
    claim.refresh_from_db()
    assert claim.needs_group
    assert not ready_for_notice().exists()
    student = claim.student.user
    assert standing(claim).next == "由领导小组研究审定。"
    assert "领导小组" in Message.objects.filter(recipient=student).latest("pk").body
    refused("reason", decide_by_group, claim=claim, actor=staff(), opinion=" ")
    decide_by_group(claim=claim, actor=staff(), opinion="领导小组第3次会议纪要")
    assert ready_for_notice().get() == claim
    small = worked_claim(C.FIRST_REVIEWED, policy=sample_policy(group_from=2001))
    second_review(claim=small, actor=staff())
    refused("group", decide_by_group, claim=small, actor=staff(), opinion="纪要")


def test_a_drawn_claim_waits_for_a_third_person():
    claim = worked_claim(C.FIRST_REVIEWED, policy=sample_policy(recheck_percent=100))
    second = staff()
    second_review(claim=claim, actor=second)
    assert not ready_for_notice().exists()
    refused("duty", recheck, claim=claim, actor=second, verdict=RecheckVerdict.AGREES)
    refused("duty", recheck, claim=claim, actor=duty_of(claim, Duty.FIRST_REVIEW), verdict=RecheckVerdict.AGREES)
    recheck(claim=claim, actor=staff(), verdict=RecheckVerdict.AGREES)
    assert ready_for_notice().get() == claim
    refused("stale", recheck, claim=claim, actor=staff(), verdict=RecheckVerdict.AGREES)


def test_a_recheck_that_differs_begins_a_new_round_which_is_rechecked_again():
    claim = worked_claim(C.SECOND_REVIEWED, policy=sample_policy(recheck_percent=0))
    claim.rechecks.create(round=1)
    third = staff()
    refused("reason", recheck, claim=claim, actor=third, verdict=RecheckVerdict.DIFFERS)
    recheck(claim=claim, actor=third, verdict=RecheckVerdict.DIFFERS, opinion="天数有误")
    claim.refresh_from_db()
    assert (claim.state, claim.round) == (C.ENROLLED, 2)
    # The third person keeps to the duty they had.
    refused("duty", first_review, claim=claim, actor=third)
    first_review(claim=claim, actor=staff())
    second_review(claim=claim, actor=staff())
    assert claim.rechecks.filter(round=2, verdict="").exists()


def test_the_share_that_is_drawn_follows_the_policy(monkeypatch):
    drawn = iter([9, 10])
    monkeypatch.setattr("internships.subsidies.services.recheck.secrets.randbelow", lambda _bound: next(drawn))
    policy = sample_policy(recheck_percent=10)
    claims = [worked_claim(C.FIRST_REVIEWED, policy=policy) for _each in range(2)]
    for claim in claims:
        second_review(claim=claim, actor=staff())
    assert [claim.rechecks.exists() for claim in claims] == [True, False]


def test_queues_hold_each_claim_once_and_count_what_is_late():
    policy = sample_policy(recheck_percent=100)
    for state in (C.HOST_CONFIRMED, C.ENROLLED, C.FIRST_REVIEWED):
        worked_claim(state, policy=policy)
    second_review(claim=worked_claim(C.FIRST_REVIEWED, policy=policy), actor=staff())
    held = worked_claim(C.SUBMITTED, policy=policy)
    ClaimFlag.objects.create(claim=held, kind=FlagKind.LATE)
    Claim.objects.filter(state=C.ENROLLED).update(submitted_at="2026-01-05T08:00:00Z")
    found = counts(staff())
    assert found == {
        "enrolment": (1, 0),
        "first": (1, 1),
        "second": (1, 0),
        "group": (0, 0),
        "recheck": (1, 0),
        "held": (1, 0),
    }
    people = hands(held)
    assert queue_rows(QUEUES["held"], people["officer"]).get() == held
    assert not queue_rows(QUEUES["first"], people["officer"]).exists()
