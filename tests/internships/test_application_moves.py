"""Every pair of states, the waiting list, deadlines, and what is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from internships.enums import APPLICATION_TRANSITIONS, ApplicationState, NominationState
from internships.models import Application, ApplicationStateChange, Nomination, Position, ProfileDraft
from internships.services import application as own
from internships.services import deciding, offers
from internships.services.lapsing import lapse_overdue
from internships.services.nomination import confirm_nomination, decline_nomination, nominate
from internships.services.nomination_words import nomination_token
from internships.services.student import keep_draft
from internships.services.waiting_list import move_up
from tests.factories.accounts import UserFactory
from tests.factories.internships import ApplicationFactory, PlacementFactory, PositionFactory, StudentFactory
from tests.factories.organisations import HostFactory, LeadUnitFactory, MembershipFactory, UniversityFactory
from wenxi_portal.core.errors import DomainError
from wenxi_portal.notifications.models import Message

pytestmark = pytest.mark.django_db
S = ApplicationState


@pytest.fixture
def position():
    return PositionFactory(seats=1)


def in_state(state, position, **kwargs):
    values = {"state": state}
    if state == S.OFFERED:
        values["offer_until"] = timezone.now() + timedelta(days=3)
    if state == S.WAIT_LISTED:
        values["wait_rank"] = position.applications.count() + 1
    application = ApplicationFactory(position=position, **values, **kwargs)
    application.student.enrolment_code = "ABCD1234"
    application.student.save()
    return application


VERBS = {
    S.SUBMITTED: lambda one: own.submit(application=one, actor=None),
    S.HANDED_BACK: lambda one: deciding.hand_back(application=one, actor=None, reason="请补充"),
    S.SHORTLISTED: lambda one: deciding.shortlist(application=one, actor=None),
    S.WAIT_LISTED: lambda one: deciding.wait_list(application=one, actor=None),
    S.OFFERED: lambda one: deciding.offer(application=one, actor=None),
    S.ACCEPTED: lambda one: offers.accept(application=one, actor=None),
    S.PLACED: lambda one: own.mark_placed(one, None),
    S.REFUSED: lambda one: deciding.refuse(application=one, actor=None, reason="名额已满"),
    S.DECLINED: lambda one: offers.decline(application=one, actor=None),
    S.WITHDRAWN: lambda one: own.withdraw(application=one, actor=None),
}
# A second click finds these done already; a stay is ended through the stay.
QUIET = {(S.SUBMITTED, S.SUBMITTED), (S.ACCEPTED, S.ACCEPTED), (S.DECLINED, S.DECLINED)}


@pytest.mark.parametrize("target", VERBS)
def test_every_pair_of_states(target):
    units = {"host": HostFactory(), "lead_unit": LeadUnitFactory()}
    university = UniversityFactory()
    for source in S.values:
        position = PositionFactory(seats=2, **units)
        application = in_state(source, position, student=StudentFactory(university=university))
        if target == S.WAIT_LISTED:
            # The seats are taken, so that who is put on the list stays there.
            Position.objects.filter(pk=position.pk).update(seats=1)
            if source not in {S.ACCEPTED, S.PLACED}:
                ApplicationFactory(position=position, student=StudentFactory(university=university), accepted=True)
        before = application.state_changes.count()
        allowed = APPLICATION_TRANSITIONS.allows(source, target) and (source, target) != (S.PLACED, S.WITHDRAWN)
        if allowed or (source, target) in QUIET:
            VERBS[target](application)
        else:
            with pytest.raises(DomainError):
                VERBS[target](application)
        application.refresh_from_db()
        assert application.state == (target if allowed else source), source
        assert application.state_changes.count() == before + allowed, source


def test_the_next_on_the_waiting_list_moves_up_by_itself(position):
    first = in_state(S.OFFERED, position)
    second, third = in_state(S.WAIT_LISTED, position), in_state(S.WAIT_LISTED, position)
    offers.decline(application=first, actor=first.student.user)
    assert states(second, third) == [S.OFFERED, S.WAIT_LISTED]
    assert ApplicationStateChange.objects.get(application=second).actor is None
    offers.accept(application=second, actor=second.student.user)
    own.withdraw(application=second, actor=second.student.user)
    assert states(second, third) == [S.WITHDRAWN, S.OFFERED]
    deciding.refuse(application=third, actor=None, reason="不再需要")
    fourth = in_state(S.SHORTLISTED, position)
    deciding.wait_list(application=fourth, actor=None)
    assert states(fourth) == [S.OFFERED]


def test_a_cancelled_placement_frees_its_seat(position):
    placed = in_state(S.PLACED, position)
    waiting = in_state(S.WAIT_LISTED, position)
    own.release(application=placed, actor=None, reason="单位取消")
    assert states(placed, waiting) == [S.WITHDRAWN, S.OFFERED]


def test_who_cannot_come_is_passed_over(position):
    closed, elsewhere, able = (in_state(S.WAIT_LISTED, position) for _ in range(3))
    closed.student.user.is_active = False
    closed.student.user.save()
    PlacementFactory(application__student=elsewhere.student, starts_on=position.starts_on, ends_on=position.starts_on)
    assert [one.pk for one in move_up(position=position)] == [able.pk]
    assert move_up(position=position) == []


def test_open_offers_and_taken_seats_never_exceed_the_seats(position):
    in_state(S.OFFERED, position)
    other = in_state(S.SHORTLISTED, position)
    with pytest.raises(DomainError) as refusal:
        deciding.offer(application=other, actor=None)
    assert refusal.value.code == "no_seats"


def test_an_offer_in_the_past_or_past_its_deadline(position):
    one = in_state(S.SHORTLISTED, position)
    with pytest.raises(DomainError) as refusal:
        deciding.offer(application=one, actor=None, until=timezone.now() - timedelta(minutes=1))
    assert refusal.value.code == "past"
    deciding.offer(application=one, actor=None)
    Application.objects.filter(pk=one.pk).update(offer_until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(DomainError) as refusal:
        offers.accept(application=one, actor=None)
    assert refusal.value.code == "too_late"


def test_the_last_seat_is_refused_in_words_when_the_database_refuses_it(position):
    one, other = in_state(S.OFFERED, position), in_state(S.OFFERED, position)
    offers.accept(application=one, actor=None)
    with pytest.raises(DomainError) as refusal:
        offers.accept(application=other, actor=None)
    assert refusal.value.code == "no_seats"
    assert states(other) == [S.OFFERED]


def test_nobody_accepts_two_places_at_the_same_time(position):
    one = in_state(S.OFFERED, position)
    other = in_state(S.OFFERED, PositionFactory(), student=one.student)
    offers.accept(application=one, actor=None)
    with pytest.raises(DomainError) as refusal:
        offers.accept(application=other, actor=None)
    assert refusal.value.code == "overlap"


def test_what_nobody_answers_lapses_once(position):
    offered, waiting = in_state(S.OFFERED, position), in_state(S.WAIT_LISTED, position)
    other = PositionFactory()
    silent, back, draft = in_state(S.SUBMITTED, other), in_state(S.HANDED_BACK, other), in_state(S.DRAFT, other)
    fresh = in_state(S.SUBMITTED, other)
    long_ago = timezone.localdate() - timedelta(days=40)
    rows = Application.objects
    rows.filter(pk=offered.pk).update(offer_until=timezone.now() - timedelta(seconds=1))
    rows.filter(pk__in=[silent.pk, back.pk]).update(answer_due_on=long_ago)
    rows.filter(pk=draft.pk).update(updated_at=timezone.now() - timedelta(days=31))
    keep_draft(user=UserFactory(), step="person", answers={"name": "测试"})
    ProfileDraft.objects.update(updated_at=timezone.now() - timedelta(days=31))
    counts = lapse_overdue()
    assert counts == {
        "offers": 1, "silence": 1, "handed_back": 1, "drafts": 1, "waiting_lists": 0, "nominations": 0, "profile_drafts": 1,
        "moved_up": 0,
    }  # fmt: skip
    assert states(offered, waiting, silent, back, draft, fresh) == [
        S.LAPSED, S.OFFERED, S.LAPSED, S.LAPSED, S.LAPSED, S.SUBMITTED,
    ]  # fmt: skip
    assert sum(lapse_overdue().values()) == 0


def test_each_move_is_told_and_none_to_who_made_it(position):
    member = MembershipFactory(organisation=position.host).user
    one = in_state(S.DRAFT, position)
    student = one.student.user
    own.submit(application=one, actor=student)
    assert told(student) == []
    assert told(member) == ["submitted"]
    deciding.shortlist(application=one, actor=member)
    deciding.offer(application=one, actor=member)
    offers.accept(application=one, actor=student)
    assert told(student) == ["shortlisted", "offered"]
    assert told(member) == ["submitted", "accepted"]
    for message in Message.objects.all():
        assert position.title in message.subject
        assert message.body
        assert one.student.name not in message.subject + message.body


def test_where_nobody_acts_for_the_host_the_lead_unit_hears(position):
    member = MembershipFactory(organisation=position.host).user
    member.is_active = False
    member.save()
    officer = MembershipFactory(organisation=position.lead_unit).user
    own.submit(application=in_state(S.DRAFT, position), actor=None)
    assert (told(member), told(officer)) == ([], ["submitted"])


def test_a_draft_is_made_once_saved_once_and_never_lost(settings):
    settings.APPLICATIONS_AT_ONCE = 1
    student, position = StudentFactory(), PositionFactory()
    one = own.start_application(student=student, position=position, actor=None)
    assert own.start_application(student=student, position=position, actor=None) == one
    first = own.save_draft(application=one, answers={"letter": "第一稿"}, expected_revision=1)
    same = own.save_draft(application=one, answers={"letter": "第一稿"}, expected_revision=1)
    assert (first.revision, same.revision) == (2, 2)
    with pytest.raises(DomainError) as refusal:
        own.save_draft(application=one, answers={"letter": "另一个窗口"}, expected_revision=1)
    assert refusal.value.code == "stale"
    with pytest.raises(DomainError) as refusal:
        own.start_application(student=student, position=PositionFactory(), actor=None)
    assert refusal.value.code == "too_many"


def test_a_position_that_closed_meanwhile_refuses_and_keeps_the_draft(position):
    one = in_state(S.DRAFT, position)
    position.apply_until = timezone.localdate() - timedelta(days=1)
    position.save()
    with pytest.raises(DomainError) as refusal:
        own.submit(application=one, actor=None)
    assert refusal.value.code == "day_passed"
    assert states(one) == [S.DRAFT]


def test_a_decision_on_many_says_which_could_not_move(position):
    one, other, gone = in_state(S.SUBMITTED, position), in_state(S.SUBMITTED, position), in_state(S.REFUSED, position)
    outcome = deciding.decide_many(applications=[one, other, gone], to_state=S.OFFERED, actor=None)
    assert [row.pk for row in outcome.done] == [one.pk]
    assert [row.pk for row, _why in outcome.refused] == [other.pk, gone.pk]


def test_a_nomination_becomes_an_application(mailoutbox, django_capture_on_commit_callbacks, settings):
    settings.PORTAL_ADDRESS = "https://portal.example.invalid"
    student, position, university = StudentFactory(name="测试学生"), PositionFactory(), UniversityFactory()
    # The university that nominates and that of the profile differ: the verified address says who is meant.
    liaison = MembershipFactory(organisation=university).user
    with django_capture_on_commit_callbacks(execute=True):
        row = nominate(nomination=nomination(position, university, student.user.email), actor=liaison)
    assert "https://portal.example.invalid/internships/nominations/" in mailoutbox[-1].body
    with pytest.raises(DomainError) as refusal:
        nominate(nomination=nomination(position, university, student.user.email), actor=liaison)
    assert refusal.value.code == "once"
    application = confirm_nomination(nomination=row, student=student, actor=student.user)
    assert confirm_nomination(nomination=row, student=student, actor=student.user) == application
    assert (application.state, application.nomination) == (S.DRAFT, row)
    with pytest.raises(DomainError):
        decline_nomination(nomination=row, actor=None)
    assert Message.objects.filter(recipient=liaison, kind="nomination_answered").exists()


def test_a_link_passed_on_makes_nobody_else_the_nominated_student(client):
    university = UniversityFactory()
    row = nominate(nomination=nomination(PositionFactory(), university, "li@example.invalid"), actor=UserFactory())
    fellow, namesake = StudentFactory(university=university), StudentFactory(name="测试学生")
    for student in (fellow, namesake):
        with pytest.raises(DomainError) as refusal:
            confirm_nomination(nomination=row, student=student, actor=student.user)
        assert refusal.value.code == "another"
    client.force_login(fellow.user)
    url = f"/internships/nominations/{nomination_token(row)}/"
    page = client.post(url, {"answer": "confirm"}, follow=True).content.decode()
    assert university.name in page
    assert row.name not in page
    assert not Application.objects.exists()
    own = StudentFactory(name="测试学生", university=None, university_name=university.name)
    assert confirm_nomination(nomination=row, student=own, actor=own.user).student == own


def test_a_nomination_lapses_and_is_not_confirmed_late():
    row = nominate(
        nomination=nomination(PositionFactory(), UniversityFactory(), "li@example.invalid"), actor=UserFactory()
    )
    Nomination.objects.filter(pk=row.pk).update(answer_until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(DomainError) as refusal:
        confirm_nomination(nomination=row, student=StudentFactory(), actor=UserFactory())
    assert refusal.value.code == "too_late"
    assert lapse_overdue()["nominations"] == 1
    row.refresh_from_db()
    assert row.state == NominationState.LAPSED


def nomination(position, university, email):
    return Nomination(position=position, university=university, name="测试学生", email=email)


def states(*applications):
    for one in applications:
        one.refresh_from_db()
    return [one.state for one in applications]


def told(user):
    rows = Message.objects.filter(recipient=user, channel="inbox").order_by("pk")
    return [message.params["state"] for message in rows]
