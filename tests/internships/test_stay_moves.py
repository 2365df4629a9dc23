"""The way of a stay: every pair of states, every refusal in words, every event with its day."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from internships.enums import PLACEMENT_TRANSITIONS, ApplicationState, Outcome, PlacementState, StayEventKind
from internships.models import Placement
from internships.services.insurance import cancel_insurance
from internships.services.placement import cancel, move_days, place
from internships.services.readiness import keep_guardian_consent, make_ready, recheck_all
from internships.services.stay_course import complete, end_early, extend, interrupt, record_outcome, resume, start
from internships.services.stay_rows import STAYS
from internships.services.transfer import transfer
from tests.factories import stays
from tests.factories.accounts import staff
from tests.factories.internships import ApplicationFactory, PlacementFactory, PositionFactory
from tests.factories.stays import day
from wenxi_portal.core.errors import DomainError
from wenxi_portal.notifications.models import Message

pytestmark = pytest.mark.django_db
P = PlacementState


def refused(code, deed, **kwargs):
    with pytest.raises(DomainError) as told:
        deed(**kwargs)
    assert told.value.code == code
    assert told.value.message


def in_state(state):
    days = {"starts_on": day(-40), "ends_on": day(-20)} if state in {P.COMPLETED, P.ENDED_EARLY} else {}
    return PlacementFactory(state=state, **days)


@pytest.mark.parametrize("source", P.values)
def test_every_pair_of_states(source):
    stay = in_state(source)
    for target in P.values:
        if PLACEMENT_TRANSITIONS.allows(source, target):
            assert STAYS.locked(stay, target).pk == stay.pk
        else:
            refused("transition", lambda to=target: STAYS.locked(stay, to))


@pytest.mark.parametrize("state", P.values)
def test_every_verb_in_every_state(state):
    stay, actor = in_state(state), staff()
    today = timezone.localdate()
    allowed = {
        "make_ready": {P.PLANNED},
        "start": {P.READY},
        "interrupt": {P.ON_POST},
        "resume": {P.INTERRUPTED},
        "end_early": {P.ON_POST, P.INTERRUPTED},
        "complete": {P.ON_POST},
        "cancel": {P.PLANNED, P.READY},
        "move_days": {P.PLANNED, P.READY},
        "extend": {P.READY, P.ON_POST, P.INTERRUPTED},
        "transfer": {P.ON_POST, P.INTERRUPTED},
    }
    deeds = {
        "make_ready": lambda: make_ready(placement=stay, actor=actor),
        "start": lambda: start(placement=stay, actor=actor),
        "interrupt": lambda: interrupt(placement=stay, actor=actor, on=today, reason="x"),
        "resume": lambda: resume(placement=stay, actor=actor, on=today),
        "end_early": lambda: end_early(placement=stay, actor=actor, on=today, reason="x"),
        "complete": lambda: complete(placement=stay, actor=actor),
        "cancel": lambda: cancel(placement=stay, actor=actor, reason="x"),
        "move_days": lambda: move_days(placement=stay, actor=actor, starts_on=day(1), ends_on=day(2), reason="x"),
        "extend": lambda: extend(placement=stay, actor=actor, ends_on=day(400), reason="x"),
        "transfer": lambda: transfer(
            placement=stay, actor=actor, position=PositionFactory(), on=today, ends_on=day(9), reason="x"
        ),
    }
    for name, deed in deeds.items():
        if state not in allowed[name]:
            refused("transition", deed)
    assert Placement.objects.get(pk=stay.pk).state == state


def test_an_accepted_application_becomes_a_planned_stay():
    application = ApplicationFactory(accepted=True)
    stay = place(application=application, actor=staff(), starts_on=day(3), ends_on=day(30), mentor=" 示例导师 ")
    application.refresh_from_db()
    assert application.state == ApplicationState.PLACED
    assert (stay.state, stay.mentor, stay.host) == (P.PLANNED, "示例导师", application.position.host)
    assert stay.state_changes.get().to_state == P.PLANNED
    application.position.refresh_from_db()
    assert application.position.seats_taken == 1
    assert Message.objects.filter(kind="stay_planned", recipient=stay.student.user).exists()
    refused("transition", place, application=application, actor=None, starts_on=day(50), ends_on=day(60))


@pytest.mark.parametrize(("first", "last", "code"), [(-1, 5, "past"), (5, 4, "order")])
def test_impossible_days_are_refused(first, last, code):
    application = ApplicationFactory(accepted=True)
    refused(code, place, application=application, actor=None, starts_on=day(first), ends_on=day(last))
    application.refresh_from_db()
    assert application.state == ApplicationState.ACCEPTED


def test_nobody_is_placed_twice_at_once():
    stay = stays.planned(5, 20)
    other = ApplicationFactory(accepted=True, student=stay.student)
    with pytest.raises(ValidationError, match=r"两个地方|two places"):
        place(application=other, actor=None, starts_on=day(20), ends_on=day(30))
    other.refresh_from_db()
    assert other.state == ApplicationState.ACCEPTED


def test_what_is_missing_is_named_and_nothing_starts_before_it_is_there():
    stay = stays.planned(0, 30, student=None)
    actor = staff()
    refused("not_ready", make_ready, placement=stay, actor=actor)
    refused("transition", start, placement=stay, actor=actor)
    stays.insured(stay)
    refused("not_ready", make_ready, placement=stay, actor=actor)
    stays.agreed(stay)
    stay = make_ready(placement=stay, actor=actor)
    assert stay.state == P.READY
    stay = start(placement=stay, actor=actor)
    assert stay.state == P.ON_POST
    event = stay.stay_events.get()
    assert (event.kind, event.on) == (StayEventKind.STARTED, timezone.localdate())


def test_a_minor_needs_the_guardian_and_a_child_is_refused():
    today = timezone.localdate()
    minor = stays.checked_student(birth_date=today.replace(day=1) - timedelta(days=17 * 365))
    stay = stays.planned(student=minor)
    stays.insured(stay)
    stays.agreed(stay)
    refused("not_ready", make_ready, placement=stay, actor=staff())
    keep_guardian_consent(student=minor, upload=stays.pdf(), actor=staff())
    assert make_ready(placement=stay, actor=staff()).state == P.READY
    child = stays.checked_student(birth_date=today.replace(day=1) - timedelta(days=15 * 366))
    young = stays.planned(student=child)
    stays.insured(young)
    stays.agreed(young)
    keep_guardian_consent(student=child, upload=stays.pdf(mark="2"), actor=staff())
    refused("not_ready", make_ready, placement=young, actor=staff())


def test_a_ready_stay_goes_back_when_something_falls_away():
    stay = stays.ready()
    cancel_insurance(insurance=stay.insurances.get(), actor=staff(), on=stay.starts_on, reason="退保")
    stay.refresh_from_db()
    assert stay.state == P.PLANNED
    stays.insured(stay, policy_number="示例保单002")
    assert make_ready(placement=stay, actor=staff()).state == P.READY
    moved = move_days(placement=stay, actor=staff(), starts_on=stay.starts_on, ends_on=day(60), reason="延后")
    assert moved.state == P.PLANNED
    assert moved.stay_events.get().kind == StayEventKind.MOVED


def test_the_nightly_net_finds_what_no_verb_saw():
    stay = stays.ready()
    stay.insurances.update(ends_on=stay.starts_on)
    assert recheck_all() == 1
    assert recheck_all() == 0


def test_a_stay_starts_neither_early_nor_tomorrow():
    stay = stays.ready(3, 30)
    refused("early", start, placement=stay, actor=None)
    refused("future", start, placement=stay, actor=None, on=day(4))
    later = start(placement=stay, actor=None, on=day(5), today=day(6))
    assert later.starts_on == day(5)


def test_interruption_and_return():
    stay = stays.on_post(-10, 30)
    refused("future", interrupt, placement=stay, actor=staff(), on=day(1), reason="x")
    refused("outside", interrupt, placement=stay, actor=staff(), on=day(-11), reason="x")
    refused("reason", interrupt, placement=stay, actor=staff(), on=day(-3), reason=" ")
    stay = interrupt(placement=stay, actor=staff(), on=day(-3), reason="返校考试")
    refused("order", resume, placement=stay, actor=staff(), on=day(-4))
    stay = resume(placement=stay, actor=staff(), on=day(-1))
    assert [event.kind for event in stay.stay_events.all()] == ["started", "interrupted", "resumed"]


def test_extension_shows_the_gap_and_nothing_overlaps():
    stay = stays.on_post(-10, 10)
    refused("order", extend, placement=stay, actor=staff(), ends_on=day(5), reason="x")
    longer = extend(placement=stay, actor=staff(), ends_on=day(20), reason="任务延长")
    again = extend(placement=longer, actor=staff(), ends_on=day(20), reason="任务延长")
    event = again.stay_events.get(kind=StayEventKind.EXTENDED)
    assert (event.ends_on_before, event.ends_on_after) == (day(10), day(20))
    assert not Placement.objects.with_cover().get(pk=stay.pk).is_covered
    stays.insured(longer, day(11), day(20), policy_number="示例保单002")
    assert Placement.objects.with_cover().get(pk=stay.pk).is_covered
    stays.planned(25, 40, student=stay.student)
    with pytest.raises(ValidationError, match=r"两个地方|two places"):
        extend(placement=again, actor=staff(), ends_on=day(26), reason="x")


def test_early_end_and_completion():
    stay = stays.on_post(-10, 10)
    refused("early", complete, placement=stay, actor=staff())
    ended = end_early(placement=stay, actor=staff(), on=day(-1), reason="个人原因")
    assert (ended.state, ended.ends_on) == (P.ENDED_EARLY, day(-1))
    refused("transition", end_early, placement=stay, actor=staff(), on=day(-1), reason="个人原因")
    last_day = stays.on_post(-10, 0)
    assert complete(placement=last_day, actor=staff()).state == P.COMPLETED


def test_attendance_after_the_end_is_corrected_first():
    stay = stays.on_post(-70, 10)
    stays.confirmed(stay)
    refused("attended", end_early, placement=stay, actor=staff(), on=day(-70), reason="x")


def test_cancelling_frees_the_seat():
    stay = stays.ready()
    refused("reason", cancel, placement=stay, actor=staff(), reason="")
    cancel(placement=stay, actor=staff(), reason="学生放弃")
    stay.application.refresh_from_db()
    stay.position.refresh_from_db()
    assert stay.application.state == ApplicationState.WITHDRAWN
    assert stay.position.seats_taken == 0


def test_a_transfer_ends_here_and_begins_there():
    stay, there = stays.on_post(-10, 30), PositionFactory(seats=1)
    new = transfer(placement=stay, actor=staff(), position=there, on=day(-1), ends_on=day(30), reason="专业更对口")
    stay.refresh_from_db()
    there.refresh_from_db()
    assert (stay.state, stay.ends_on) == (P.ENDED_EARLY, day(-1))
    assert stay.stay_events.last().kind == StayEventKind.TRANSFERRED
    assert (new.state, new.starts_on, new.transferred_from) == (P.PLANNED, timezone.localdate(), stay)
    assert there.seats_taken == 1
    other = stays.on_post(-10, 30)
    refused("full", transfer, placement=other, actor=staff(), position=there, on=day(-1), ends_on=day(30), reason="x")
    other.refresh_from_db()
    assert other.state == P.ON_POST
    cancel(placement=new, actor=staff(), reason="x")
    there.refresh_from_db()
    assert there.seats_taken == 0


def test_a_transfer_to_the_same_place_or_a_draft_is_refused():
    stay = stays.on_post(-10, 30)
    given = {"placement": stay, "actor": staff(), "on": day(-1), "reason": "x"}
    refused("same", transfer, position=stay.position, ends_on=day(30), **given)
    refused("position", transfer, position=PositionFactory(draft=True), ends_on=day(30), **given)
    refused("order", transfer, position=PositionFactory(), ends_on=day(-1), **given)


def test_what_followed_is_entered_when_the_stay_is_over():
    stay = stays.on_post()
    refused("transition", record_outcome, placement=stay, actor=staff(), outcome=Outcome.LEFT)
    done = stays.over()
    refused("contract", record_outcome, placement=done, actor=staff(), outcome=Outcome.HIRED)
    refused("future", record_outcome, placement=done, actor=staff(), outcome=Outcome.HIRED, contract_on=day(1))
    hired = record_outcome(placement=done, actor=staff(), outcome=Outcome.HIRED, contract_on=day(-1))
    assert hired.employer == done.host
    left = record_outcome(placement=done, actor=staff(), outcome=Outcome.LEFT)
    assert (left.employer, left.contract_on) == (None, None)


@pytest.mark.parametrize("amount", [329999, 330000])
def test_the_sum_insured_counts(amount):
    stay = stays.planned()
    stays.insured(stay, sum_insured=amount)
    assert Placement.objects.with_cover().get(pk=stay.pk).is_covered is (amount == 330000)


def test_the_database_and_the_arithmetic_agree_on_gaps():
    stay = stays.planned(0, 9)
    stays.insured(stay, day(-5), day(3), policy_number="1")
    second = stays.insured(stay, day(4), day(9), policy_number="2")
    assert Placement.objects.with_cover().get(pk=stay.pk).is_covered
    cancel_insurance(insurance=second, actor=staff(), on=day(9), reason="x")
    assert not Placement.objects.with_cover().get(pk=stay.pk).is_covered
