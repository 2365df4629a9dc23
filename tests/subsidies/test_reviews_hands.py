"""Whatever people try in whatever order, no claim is cleared without three hands, and nobody has two duties on it."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from internships.subsidies.enums import SEPARATE_DUTIES, ClaimState, Duty
from internships.subsidies.models import Claim, NoticeLine, NoticeObjection, PublicNotice
from internships.subsidies.selectors.duty_matrix import matrix
from internships.subsidies.selectors.impossible import count_impossible
from internships.subsidies.services.account import set_account
from internships.subsidies.services.claim import hand_back
from internships.subsidies.services.moves import void_reviews
from internships.subsidies.services.notice import cancel_notice, draft_notice, end_due_notices, publish_notice
from internships.subsidies.services.objection import answer_objection, raise_objection
from internships.subsidies.services.recheck import recheck
from internships.subsidies.services.review import VERBS
from tests.factories.accounts import staff
from tests.factories.reviews import sample_policy, worked_claim
from tests.factories.subsidies import card_number
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db
C = ClaimState


class Office:
    """Two claims and four people; each method is something somebody tries."""

    def __init__(self):
        policy = sample_policy(recheck_percent=50, group_from=1000)
        self.claims = [worked_claim(C.HOST_CONFIRMED, policy=policy) for _each in range(2)]
        host = self.claims[0].duties.get(duty=Duty.HOST_CONFIRM).user
        self.people = [host, self.claims[1].student.user, *(staff() for _each in range(3))]

    def claim(self, number):
        return Claim.objects.get(pk=self.claims[number].pk)

    def review(self, duty):
        return lambda number, actor: VERBS[duty](claim=self.claim(number), actor=actor, opinion="同意")

    def recheck(self, verdict):
        return lambda number, actor: recheck(claim=self.claim(number), actor=actor, verdict=verdict, opinion="示例")

    def publish(self, _number, actor):
        notice = draft_notice(title="示例公示", claims=Claim.objects.all(), actor=actor)
        publish_notice(notice=notice, actor=actor)

    def publish_one(self, number, actor):
        publish_notice(notice=draft_notice(title="示例公示", claims=[self.claim(number)], actor=actor), actor=actor)

    def cancel(self, _number, actor):
        cancel_notice(notice=PublicNotice.objects.latest("pk"), actor=actor, reason="示例")

    def end(self, _number, _actor):
        end_due_notices(today=timezone.localdate() + timedelta(days=40))

    def object(self, number, _actor):
        raise_objection(line=NoticeLine.objects.filter(claim=self.claim(number)).latest("pk"), text="示例异议")

    def answer(self, verdict, then=""):
        return lambda _number, actor: answer_objection(
            objection=NoticeObjection.objects.latest("pk"), verdict=verdict, answer="示例", then=then, actor=actor
        )

    def void(self, number, actor):
        void_reviews(claim=self.claim(number), to_state=C.ENROLLED, reason="示例", actor=actor)

    def back(self, number, actor):
        hand_back(claim=self.claim(number), actor=actor, reason="示例", due_on=timezone.localdate() + timedelta(days=9))

    def account(self, number, _actor):
        student = self.claim(number).student
        card = card_number(900000 + student.bank_accounts.count() * 10 + number)
        set_account(student=student, holder=student.name, card=card, bank="示例银行", branch="", actor=student.user)

    def tries(self):
        usual = [self.review(duty) for duty in VERBS] * 3 + [
            self.recheck("agrees"),
            self.publish_one,
            self.publish,
            self.end,
        ]
        return [
            *usual, *usual, self.recheck("differs"), self.cancel, self.object, self.answer("rejected"),
            self.answer("upheld", "review"), self.void, self.back, self.account,
        ]  # fmt: skip


@pytest.fixture
def office(db):
    return Office()


def check_now():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@settings(
    max_examples=12, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(steps=st.lists(st.tuples(st.integers(0, 43), st.integers(0, 1), st.integers(0, 4)), min_size=10, max_size=45))
def test_no_sequence_clears_a_claim_without_three_hands(office, steps):
    tries = office.tries()
    with transaction.atomic():
        for step, number, person in steps:
            with suppress(
                DomainError, NoticeLine.DoesNotExist, NoticeObjection.DoesNotExist, PublicNotice.DoesNotExist
            ), transaction.atomic():
                tries[step % len(tries)](number, office.people[person])
        check_now()
        claims = list(Claim.objects.all())
        assert {key: number for key, number in count_impossible().items() if key != "notice_past"} == {}
        for row in matrix(claims):
            assert row.is_separate
            if row.claim.state == C.CLEARED:
                present = row.claim.duties.filter(round=row.claim.round).exclude(duty=Duty.HOST_CONFIRM)
                three = set(present.filter(duty__in=SEPARATE_DUTIES).values_list("user", flat=True))
                host = set(row.claim.duties.filter(duty=Duty.HOST_CONFIRM).values_list("user", flat=True))
                assert len(three | host) >= 3
        transaction.set_rollback(True)


def test_the_straight_way_does_clear(office):
    """The sequences above are not empty words: three people and the clock clear a claim."""
    first, second, third = office.people[2:]
    claim = office.claim(0)
    for duty, actor in ((Duty.ENROLMENT, first), (Duty.FIRST_REVIEW, first), (Duty.SECOND_REVIEW, second)):
        office.review(duty)(0, actor)
    with suppress(DomainError):
        office.recheck("agrees")(0, third)
    office.review(Duty.GROUP_DECISION)(0, second)
    office.publish_one(0, first)
    office.end(0, first)
    claim.refresh_from_db()
    assert claim.state == C.CLEARED
