"""The straight way to a cleared claim; every other way is walked by the machine of ``test_money_machine``."""

from datetime import timedelta

import pytest
from django.utils import timezone

from internships.subsidies.enums import SEPARATE_DUTIES, ClaimState, Duty
from internships.subsidies.services import recheck as rechecks
from internships.subsidies.services.notice import draft_notice, end_due_notices, publish_notice
from internships.subsidies.services.review import VERBS
from tests.factories.accounts import staff
from tests.factories.reviews import sample_policy, worked_claim


@pytest.mark.django_db
def test_three_people_and_the_clock_clear_a_claim() -> None:
    claim = worked_claim(ClaimState.HOST_CONFIRMED, policy=sample_policy(recheck_percent=100, group_from=1000))
    first, second, third = (staff() for _number in range(3))
    for duty, actor in (
        (Duty.ENROLMENT, first), (Duty.FIRST_REVIEW, first), (Duty.SECOND_REVIEW, second), (Duty.GROUP_DECISION, second),
    ):  # fmt: skip
        VERBS[duty](claim=claim, actor=actor, opinion="同意")
    rechecks.recheck(claim=claim, actor=third, verdict="agrees")
    publish_notice(notice=draft_notice(title="示例公示", claims=[claim], actor=first), actor=first)
    end_due_notices(today=timezone.localdate() + timedelta(days=40))
    claim.refresh_from_db()
    assert claim.state == ClaimState.CLEARED
    # The host's too.
    assert claim.duties.filter(duty__in=SEPARATE_DUTIES).values("user").distinct().count() == 4
