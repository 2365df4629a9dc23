"""Every pair of states, and what follows from the moves."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from talent.enums import (
    FLEXIBLE_TRANSITIONS,
    PERSON_TRANSITIONS,
    PROPOSAL_TRANSITIONS,
    REGISTRATION_TRANSITIONS,
    STEP_TRANSITIONS,
    ContactKind,
    FlexibleState,
    PersonState,
    ProposalState,
    RegistrationState,
    StepState,
    TalentDatabase,
)
from talent.models import Contact, DatabaseMembership, FlexibleAgreement, MembershipProposal, Person
from talent.services.contact import hand_over, log_contact, reschedule_step, settle_step
from talent.services.flexible import end_overdue_flexible, move_flexible, save_flexible
from talent.services.membership import decide_proposal, join_database, leave_database, propose_moves
from talent.services.network import introduce
from talent.services.person import save_person
from tests.factories.accounts import UserFactory, staff
from tests.factories.organisations import MembershipFactory
from tests.factories.talent import contact, flexible, person
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.roles import sync_roles
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db

ALLOWED = {
    PERSON_TRANSITIONS: {("active", "merged"), ("active", "withdrawn"), ("merged", "active")},
    PROPOSAL_TRANSITIONS: {("open", "accepted"), ("open", "declined")},
    STEP_TRANSITIONS: {("open", "done"), ("open", "dropped")},
    REGISTRATION_TRANSITIONS: {("unconfirmed", "submitted"), ("submitted", "accepted"), ("submitted", "refused")},
    FLEXIBLE_TRANSITIONS: {("draft", "signed"), ("draft", "terminated"), ("signed", "ended"), ("signed", "terminated")},
}


@pytest.mark.parametrize("table", ALLOWED, ids=lambda table: table.choices.__name__)
def test_every_pair_of_states(table):
    for source, target in product(table.choices.values, repeat=2):
        if (source, target) in ALLOWED[table]:
            table.check(source, target)
        else:
            with pytest.raises(DomainError):
                table.check(source, target)
    assert {PersonState, ProposalState, StepState, RegistrationState, FlexibleState} == {t.choices for t in ALLOWED}


@pytest.mark.parametrize(("source", "target"), list(product(FlexibleState, FlexibleState)))
def test_agreements_move_by_the_table_alone(source, target):
    agreement = flexible(valid_until=timezone.localdate() - timedelta(days=1))
    today = timezone.localdate()
    FlexibleAgreement.objects.filter(pk=agreement.pk).update(
        state=source,
        signed_on=None if source == FlexibleState.DRAFT else today,
        ended_on=today if source in {FlexibleState.ENDED, FlexibleState.TERMINATED} else None,
    )
    if (source, target) in ALLOWED[FLEXIBLE_TRANSITIONS]:
        assert move_flexible(agreement=agreement, to_state=target, actor=None, reason="示例").state == target
        assert agreement.state_changes.count() == 2
    else:
        with pytest.raises(DomainError):
            move_flexible(agreement=agreement, to_state=target, actor=None, reason="示例")


def test_agreements_end_by_themselves_once_and_signed_ones_are_not_edited():
    agreement = flexible(valid_until=timezone.localdate() - timedelta(days=1))
    signed = move_flexible(agreement=agreement, to_state=FlexibleState.SIGNED, actor=None, reason="签字")
    with pytest.raises(DomainError):
        save_flexible(agreement=signed, actor=None)
    assert (end_overdue_flexible(), end_overdue_flexible()) == (1, 0)
    running = flexible()
    move_flexible(agreement=running, to_state=FlexibleState.SIGNED, actor=None, reason="签字")
    with pytest.raises(DomainError) as refusal:
        move_flexible(agreement=running, to_state=FlexibleState.ENDED, actor=None, reason="早了")
    assert refusal.value.code == "running"


@pytest.mark.parametrize(
    "step",
    [
        {},
        {"next_step": "回电话"},
        {"next_step": "回电话", "next_due": date(2026, 1, 1)},
        {"next_due": date(2026, 1, 1)},
    ],
)
def test_a_contact_leaves_a_whole_step_or_a_reason(step):
    with pytest.raises(ValidationError):
        log_contact(person=person(), kind=ContactKind.CALL, actor=staff(), step=step)
    kept = contact()
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(pk=kept.pk).update(no_step_reason="")


def test_steps_are_settled_moved_and_versioned():
    officer = staff()
    step = contact(due=date(2026, 1, 1), owner=officer)
    moved = reschedule_step(contact=step, next_due=date(2026, 2, 1), next_owner=officer, actor=officer)
    same = reschedule_step(contact=step, next_due=date(2026, 2, 1), next_owner=staff(), actor=officer)
    assert (moved.due_version, same.due_version) == (2, 2)
    with pytest.raises(DomainError):
        settle_step(contact=step, to_state=StepState.DROPPED, actor=officer)
    settle_step(contact=step, to_state=StepState.DONE, actor=officer)
    for deed in (
        lambda: settle_step(contact=step, to_state=StepState.DONE, actor=officer),
        lambda: reschedule_step(contact=step, next_due=date(2026, 3, 1), next_owner=officer, actor=officer),
    ):
        with pytest.raises(DomainError):
            deed()


def test_nothing_open_goes_to_a_closed_account_or_to_nobodys_desk():
    gone = staff(is_active=False)
    for owner in (gone, UserFactory()):
        with pytest.raises(DomainError):
            contact(due=timezone.localdate(), owner=owner)
        with pytest.raises(DomainError):
            hand_over(from_user=staff(), to_user=owner, reason="调离", actor=staff())
    one = staff()
    for to_user in (one, staff()):
        with pytest.raises(DomainError):
            hand_over(from_user=one, to_user=to_user, reason="调离", actor=one)


def test_a_contact_of_tomorrow_is_refused():
    with pytest.raises(DomainError):
        contact(on=timezone.localdate() + timedelta(days=1))


def test_databases_are_joined_once_at_a_time():
    found = person()
    first = join_database(person=found, database=TalentDatabase.STUDENTS, reason="高考录取", actor=None)
    with pytest.raises(ValidationError):
        join_database(person=found, database=TalentDatabase.STUDENTS, reason="再次", actor=None)
    join_database(person=found, database=TalentDatabase.OUTSTANDING, reason="获奖", actor=None)
    leave_database(membership=first, reason="毕业", actor=None)
    with pytest.raises(DomainError):
        leave_database(membership=first, reason="毕业", actor=None)
    assert set(Person.objects.in_database("outstanding")) == {found}
    with pytest.raises(IntegrityError), transaction.atomic():
        DatabaseMembership.objects.filter(pk=first.pk).update(end_reason="")


@pytest.mark.parametrize(("works", "expected"), [(False, TalentDatabase.ALUMNI), (True, TalentDatabase.OUTSTANDING)])
def test_graduation_proposes_and_an_officer_accepts(works, expected):
    yesterday = timezone.localdate() - timedelta(days=1)
    found = person(
        study=[{"university_name": "示例大学", "ended_on": yesterday}],
        work=[{"employer_name": "示例公司"}] if works else [],
    )
    join_database(
        person=found, database=TalentDatabase.STUDENTS, reason="录取", actor=None, since=yesterday - timedelta(days=99)
    )
    assert (propose_moves(), propose_moves()) == (1, 0)
    proposal = MembershipProposal.objects.get()
    assert (proposal.database, proposal.on) == (expected, yesterday)
    decide_proposal(proposal=proposal, accept=True, actor=staff())
    current = found.memberships.filter(until__isnull=True)
    assert list(current.values_list("database", flat=True)) == [expected]
    with pytest.raises(DomainError):
        decide_proposal(proposal=proposal, accept=False, actor=staff(), reason="反悔")
    assert propose_moves() == 0


def test_who_still_studies_is_left_alone_and_a_new_job_is_noticed():
    today = timezone.localdate()
    student = person(study=[{"university_name": "甲", "ended_on": today}, {"university_name": "乙"}])
    join_database(person=student, database=TalentDatabase.STUDENTS, reason="录取", actor=None)
    alumna = person(work=[{"employer_name": "新公司", "started_on": today}])
    join_database(person=alumna, database=TalentDatabase.ALUMNI, reason="校友会", actor=None)
    assert propose_moves() == 1
    proposal = MembershipProposal.objects.get()
    assert (proposal.person, proposal.because_of) == (alumna, "新公司")
    with pytest.raises(DomainError):
        decide_proposal(proposal=proposal, accept=False, actor=staff())
    decide_proposal(proposal=proposal, accept=False, actor=staff(), reason="仍算校友")
    assert propose_moves() == 0


def test_nobody_introduces_himself_or_anybody_twice():
    one, two = person(), person()
    introduce(introducer=one, introduced=two, actor=None)
    for pair in ((one, one), (one, two)):
        with pytest.raises(ValidationError):
            introduce(introducer=pair[0], introduced=pair[1], actor=None)


def test_a_step_stays_with_somebody_who_may_open_the_record():
    sync_roles()
    membership = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER))
    theirs, foreign = person(owner_unit=membership.organisation), person()
    with pytest.raises(DomainError) as refused:
        contact(foreign, due=timezone.localdate(), owner=membership.user)
    assert refused.value.code == "out_of_sight"
    step = contact(theirs, due=timezone.localdate(), owner=membership.user)
    theirs.refresh_from_db()
    theirs.owner_unit = foreign.owner_unit
    with pytest.raises(DomainError) as refused:
        save_person(person=theirs, actor=None)
    assert refused.value.code == "out_of_sight"
    department = staff(Role.ORGANIZATION_DEPARTMENT)
    reschedule_step(contact=step, next_due=timezone.localdate(), next_owner=department, actor=department)
    theirs.refresh_from_db()
    theirs.owner_unit = foreign.owner_unit
    assert save_person(person=theirs, actor=None).owner_unit == foreign.owner_unit
