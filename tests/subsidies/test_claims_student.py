"""Handing in, taking back, handing back, refusing, extending, lapsing."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from internships.enums import SheetState, StudentPaperKind
from internships.services.student_papers import keep_student_paper
from internships.subsidies.enums import ClaimState, FlagKind
from internships.subsidies.models import Claim
from internships.subsidies.selectors.papers import sheets_of
from internships.subsidies.services.again import prepare_again
from internships.subsidies.services.claim import extend_due, hand_back, refuse, submit, withdraw
from internships.subsidies.services.lapsing import lapse_overdue
from tests.factories.accounts import UserFactory, staff
from tests.factories.stays import day, pdf
from tests.subsidies.claims_world import account, handed_in, moved_on, policy, prepared, student_of
from wenxi_portal.accounts.enums import Role
from wenxi_portal.core.errors import DomainError
from wenxi_portal.notifications.models import Message

pytestmark = pytest.mark.django_db


def refused(code, deed, **kwargs):
    with pytest.raises(DomainError) as refusal, transaction.atomic():
        deed(**kwargs)
    assert refusal.value.code == code
    return refusal.value


def test_a_claim_is_handed_in_once_and_its_sheets_are_locked():
    claim = prepared()
    student = student_of(claim)
    assert claim.amount > 0
    refused("declared", submit, claim=claim, actor=student, declared=False)
    refused("account", submit, claim=claim, actor=student, declared=True)
    account(claim)
    refused("own", submit, claim=claim, actor=staff(), declared=True)
    refused("differs", submit, claim=claim, actor=student, declared=True, seen=claim.computation + 1)
    first = submit(claim=claim, actor=student, declared=True, seen=claim.computation)
    second = submit(claim=claim, actor=student, declared=True, seen=claim.computation)
    assert (first.state, second.revision) == (ClaimState.SUBMITTED, first.revision)
    assert {sheet.state for sheet in sheets_of(first)} == {SheetState.LOCKED}
    assert Message.objects.filter(kind="claim_at_host").exists()
    assert Message.objects.filter(recipient=student, kind="claim_step", channel="inbox").count() == 1


def test_papers_that_the_policy_asks_for_are_taken_from_those_on_file():
    claim = prepared(policy(papers=["appraisal", "contract", "enrolment", "insurance"]))
    account(claim)
    student = student_of(claim)
    assert refused("papers", submit, claim=claim, actor=student, declared=True).field == "proofs"
    paper = keep_student_paper(student=claim.student, kind=StudentPaperKind.CONTRACT, upload=pdf(), actor=student)
    done = submit(claim=claim, actor=student, declared=True, proofs=[paper])
    assert [one.paper for one in done.claim_papers.all()] == [paper]


def test_late_is_held_and_too_late_is_refused():
    claim = prepared()
    account(claim)
    student = student_of(claim)
    Claim.objects.filter(pk=claim.pk).update(due_on=day(-40))
    refused("closed", submit, claim=claim, actor=student, declared=True)
    Claim.objects.filter(pk=claim.pk).update(due_on=day(-1))
    done = submit(claim=claim, actor=student, declared=True)
    assert [flag.kind for flag in done.flags.all()] == [FlagKind.LATE]


def test_handed_back_it_comes_again_with_a_new_round_of_review():
    claim = moved_on(handed_in(), "host_confirmed", "enrolled", "first_reviewed")
    refused("reason", hand_back, claim=claim, actor=staff(), reason=" ", due_on=day(5))
    refused("due", hand_back, claim=claim, actor=staff(), reason="示例", due_on=day(0))
    back = hand_back(claim=claim, actor=staff(), reason="请补材料", due_on=day(5))
    change = back.state_changes.first()
    assert (back.state, back.round, back.due_on, change.due_on) == (ClaimState.HANDED_BACK, 2, day(5), day(5))
    told = Message.objects.get(recipient=student_of(claim), kind="claim_news", channel="inbox")
    assert (told.params["reason"], told.params["until"]) == ("请补材料", day(5).isoformat())
    again = submit(claim=back, actor=student_of(claim), declared=True)
    assert again.state == ClaimState.SUBMITTED
    with pytest.raises(DatabaseError, match="first_review"), transaction.atomic():
        reviewed_without_review(again)


def reviewed_without_review(claim):
    Claim.objects.filter(pk=claim.pk).update(state=ClaimState.FIRST_REVIEWED)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_withdrawn_and_refused_end_a_claim():
    claim = handed_in()
    assert withdraw(claim=claim, actor=student_of(claim)).state == ClaimState.WITHDRAWN
    assert withdraw(claim=claim, actor=student_of(claim)).state == ClaimState.WITHDRAWN
    other = handed_in(number=2)
    refused("reason", refuse, claim=other, actor=staff(), reason="")
    assert refuse(claim=other, actor=staff(), reason="不符合条件").state == ClaimState.REFUSED
    refused("transition", withdraw, claim=other, actor=student_of(other))


def test_nobody_withdraws_another_students_claim():
    claim = handed_in()
    auditor, stranger = staff(Role.AUDITOR), staff(Role.LEAD_UNIT_OFFICER)
    for actor in (UserFactory(), student_of(handed_in(number=2)), auditor, stranger, staff(Role.FINANCE)):
        refused("own", withdraw, claim=claim, actor=actor)
    claim.refresh_from_db()
    assert claim.state == ClaimState.SUBMITTED
    assert withdraw(claim=claim, actor=staff(), reason="本人来电要求").state == ClaimState.WITHDRAWN


def test_the_office_prepares_a_claim_anew_once_after_one_was_refused():
    claim, officer = handed_in(), staff()
    refused("transition", prepare_again, claim=claim, actor=officer, reason="示例")
    claim = refuse(claim=claim, actor=officer, reason="不符合条件")
    refused("reason", prepare_again, claim=claim, actor=officer, reason=" ")
    anew = prepare_again(claim=claim, actor=officer, reason="经核实符合条件")
    assert (anew.state, anew.amount, anew.placement_id) == (ClaimState.DRAFT, claim.amount, claim.placement_id)
    refused("nothing", prepare_again, claim=claim, actor=officer, reason="再一次")


def test_more_time_is_given_and_what_nobody_hands_in_lapses():
    claim = prepared()
    due = claim.due_on
    refused("due", extend_due, claim=claim, actor=staff(), due_on=due, reason="示例")
    later = extend_due(claim=claim, actor=staff(), due_on=due + timedelta(days=10), reason="示例")
    today = later.due_on + timedelta(days=30)
    assert lapse_overdue(today) == 0
    assert lapse_overdue(today + timedelta(days=1)) == 1
    assert lapse_overdue(today + timedelta(days=1)) == 0
    claim.refresh_from_db()
    assert claim.state == ClaimState.WITHDRAWN
    assert Message.objects.filter(recipient=student_of(claim), kind="claim_news", channel="inbox").count() == 1
    assert timezone.localdate() < today
