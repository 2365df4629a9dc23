"""Two at the same moment: reviewers of one claim, publishers of one notice, an objection and the clock."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from internships.subsidies.enums import ClaimState, Duty, NoticeState
from internships.subsidies.models import Claim, NoticeLine, PublicNotice
from internships.subsidies.selectors.impossible import count_impossible
from internships.subsidies.services.notice import draft_notice, end_due_notices, publish_notice
from internships.subsidies.services.objection import raise_objection
from internships.subsidies.services.recheck import recheck
from internships.subsidies.services.review import first_review, second_review
from tests.factories.accounts import staff
from tests.factories.reviews import sample_policy, worked_claim

pytestmark = pytest.mark.django_db(transaction=True)
C = ClaimState
SEEN_WHILE_HELD = {"notice_past"}


def refused(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def test_reviews_publications_and_objections_at_once(at_once):
    policy = sample_policy(recheck_percent=100)
    claim, other = (worked_claim(C.ENROLLED, policy=policy) for _each in range(2))
    people = [staff() for _each in range(4)]

    # Many make the first review at once: one does, and nobody has done half of it.
    outcomes = at_once(*[partial(first_review, claim=claim, actor=person) for person in people])
    assert {error.code for error in refused(outcomes)} == {"transition"}
    assert claim.duties.filter(duty=Duty.FIRST_REVIEW).count() == 1
    first = claim.duties.get(duty=Duty.FIRST_REVIEW).user

    # One person tries both duties at once, in two windows.
    first_review(claim=other, actor=people[0])
    both = [partial(second_review, claim=claim, actor=person) for person in (first, *people)]
    outcomes = at_once(*both)
    assert len(refused(outcomes)) == len(both) - 1
    second = claim.duties.get(duty=Duty.SECOND_REVIEW).user
    assert second != first
    outcomes = at_once(*[partial(recheck, claim=claim, actor=person, verdict="agrees") for person in people])
    assert len(refused(outcomes)) == len(people) - 1
    assert claim.duties.get(duty=Duty.RECHECK).user not in (first, second)

    # One draft is published by many, and two drafts of the same claim never come to be.
    claim.refresh_from_db()
    outcomes = at_once(*[partial(draft_notice, title="示例公示", claims=[claim], actor=person) for person in people])
    assert {error.code for error in refused(outcomes)} == {"not_ready"}
    notice = PublicNotice.objects.get()
    outcomes = at_once(*[partial(publish_notice, notice=notice, actor=person) for person in people])
    assert {error.code for error in refused(outcomes)} == {"transition"}
    assert claim.state_changes.filter(to_state=C.ON_NOTICE).count() == 1

    # The last objections arrive while the notice is being ended: each counts or is refused, nothing hangs between.
    line = NoticeLine.objects.get()
    tomorrow = timezone.localdate() + timedelta(days=40)
    objections = [partial(raise_objection, line=line, text=f"示例{number}") for number in range(3)]
    outcomes = at_once(*objections, partial(end_due_notices, today=tomorrow), partial(end_due_notices, today=tomorrow))
    assert {error.code for error in refused(outcomes)} <= {"over"}
    assert PublicNotice.objects.get().state == NoticeState.ENDED
    raised = len(objections) - len(refused(outcomes))
    assert Claim.objects.get(pk=claim.pk).state == (C.OBJECTED if raised else C.CLEARED)
    assert set(count_impossible()) <= SEEN_WHILE_HELD
