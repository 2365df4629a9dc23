"""Beds, shuttles, activities and care: what the services allow, second clicks, waiting lists."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from internships.enums import ACTIVITY_TRANSITIONS, ActivityState, CareKind, PlacementState, SignUpState
from internships.models import Bed, CareVisit, GroupActivity, Placement, ShuttleSeat
from internships.selectors import lodging as beds
from internships.selectors.shuttle import shuttles_for
from internships.services import activity as activities
from internships.services import lodging as lodgings
from internships.services import shuttle as shuttles
from internships.services.care import log_care
from tests.factories.care import (
    ActivityFactory,
    BedFactory,
    LodgingFactory,
    ShuttleFactory,
    noon,
    on_post,
    sex_of,
    stays,
)
from tests.factories.internships import PlacementFactory
from tests.internships.test_care_cases import code_of
from wenxi_portal.notifications.models import Message

pytestmark = pytest.mark.django_db
ALLOWED = {("planned", "open"), ("planned", "cancelled"), ("open", "held"), ("open", "cancelled")}


def told(user, kind):
    return Message.objects.filter(recipient=user, kind=kind, channel="inbox").count()


def test_beds_are_labelled_on_and_a_room_is_for_one_sex():
    house = LodgingFactory()
    lodgings.add_beds(lodging=house, room="201", number=2, sex="2", actor=None)
    more = lodgings.add_beds(lodging=house, room=" 201 ", number=1, sex="2", actor=None)
    assert [bed.label for bed in more] == ["3"]
    for room, number, sex, code in (("201", 1, "1", "sex"), ("202", 0, "", "number"), ("202", 201, "", "number")):
        assert code_of(lodgings.add_beds, lodging=house, room=room, number=number, sex=sex, actor=None) == code


def test_beds_are_given_by_sex_and_dates():
    one, other, third = stays(3)
    sex_of(one, "2"), sex_of(other, "1")
    house = LodgingFactory()
    womens, anybodys = BedFactory(lodging=house, room="1", sex="2"), BedFactory(lodging=house, room="2")
    give = lodgings.give_bed
    assert code_of(give, placement=other, bed=womens, actor=None) == "sex"
    assert give(placement=one, lodging=house, actor=None).bed == womens
    assert give(placement=other, lodging=house, actor=None).bed == anybodys
    assert code_of(give, placement=third, lodging=house, actor=None) == "full"
    with pytest.raises(ValidationError), transaction.atomic():
        give(placement=third, bed=anybodys, actor=None)
    with pytest.raises(ValidationError), transaction.atomic():
        give(placement=one, bed=BedFactory(lodging=house, room="3"), actor=None)
    late = third.ends_on + timedelta(days=1)
    assert code_of(give, placement=third, bed=anybodys, ends_on=late, actor=None) == "outside"
    assert code_of(lodgings.close_bed, bed=anybodys, actor=None) == "taken"
    assert code_of(give, placement=PlacementFactory(completed=True), bed=womens, actor=None) == "over"


def test_a_bed_given_back_is_free_again_and_twice_is_once():
    stay = PlacementFactory(on_post=True)
    house = LodgingFactory()
    given = lodgings.give_bed(placement=stay, bed=BedFactory(lodging=house), actor=None)
    today = timezone.localdate()
    back = lodgings.give_back(bed_stay=given, actor=None)
    assert back.ends_on == today - timedelta(days=1)
    assert code_of(lodgings.give_back, bed_stay=given, actor=None) == "over"
    again = lodgings.give_bed(placement=stay, lodging=house, starts_on=today, actor=None)
    assert lodgings.give_back(bed_stay=again, actor=None).is_cancelled
    assert lodgings.give_back(bed_stay=again, actor=None).is_cancelled
    closed = lodgings.close_bed(bed=given.bed, actor=None)
    assert not closed.is_usable
    assert code_of(lodgings.give_bed, placement=stay, lodging=house, starts_on=today, actor=None) == "full"


def test_what_is_out_of_step_and_who_has_no_bed_is_seen():
    stay, other = stays(2)
    for each in (stay, other):
        type(each.application).objects.filter(pk=each.application_id).update(wants_lodging=True)
    bed = BedFactory()
    given = lodgings.give_bed(placement=stay, bed=bed, actor=None)
    assert list(beds.without_bed(Placement.objects.all())) == [other]
    assert not beds.beds_out_of_step().exists()
    Placement.objects.filter(pk=stay.pk).update(ends_on=stay.ends_on + timedelta(days=10))
    assert list(beds.without_bed(Placement.objects.order_by("pk"))) == [stay, other]
    Placement.objects.filter(pk=stay.pk).update(ends_on=stay.ends_on - timedelta(days=10))
    assert list(beds.beds_out_of_step()) == [given]
    rows = beds.occupancy(bed.lodging, timezone.localdate(), 7)
    assert [[night.stay for night in row.nights] for row in rows] == [[given] * 7]


def test_seats_of_a_shuttle():
    one, other, third = stays(3)
    run = ShuttleFactory(seats=2)
    seat = shuttles.take_seat(run=run, placement=one, actor=None)
    assert shuttles.take_seat(run=run, placement=one, actor=None) == seat
    shuttles.take_seat(run=run, placement=other, actor=None)
    assert code_of(shuttles.take_seat, run=run, placement=third, actor=None) == "full"
    run.refresh_from_db()
    run.seats = 1
    assert code_of(shuttles.save_shuttle, run=run, actor=None) == "taken"
    shuttles.free_seat(seat=seat, actor=None)
    shuttles.free_seat(seat=seat, actor=None)
    assert shuttles.take_seat(run=run, placement=third, actor=None).number == 1
    assert [found.mine.number for found in shuttles_for(third)] == [1]
    assert [(found.free, found.mine) for found in shuttles_for(one)] == [(0, None)]
    gone = ShuttleFactory(leaves_at=timezone.now() - timedelta(minutes=1))
    assert code_of(shuttles.take_seat, run=gone, placement=one, actor=None) == "gone"
    assert code_of(shuttles.save_shuttle, run=gone, actor=None) == "gone"
    far = ShuttleFactory(leaves_at=noon(60))
    assert code_of(shuttles.take_seat, run=far, placement=one, actor=None) == "outside"
    assert far not in shuttles_for(one)


def test_passengers_hear_of_another_time_and_of_the_end():
    stay = PlacementFactory(on_post=True)
    run, student = ShuttleFactory(), stay.student.user
    shuttles.take_seat(run=run, placement=stay, actor=None)
    run.refresh_from_db()
    run.plate = "晋M00000"
    shuttles.save_shuttle(run=run, actor=None)
    assert told(student, "shuttle_changed") == 0
    run.leaves_at = noon(3)
    shuttles.save_shuttle(run=run, actor=None)
    assert told(student, "shuttle_changed") == 1
    assert code_of(shuttles.call_off, run=run, actor=None, reason=" ") == "reason"
    for _twice in range(2):
        shuttles.call_off(run=run, actor=None, reason="大雪封路")
    assert told(student, "shuttle_called_off") == 1
    assert code_of(shuttles.save_shuttle, run=run, actor=None) == "gone"
    assert ShuttleSeat.objects.count() == 1


@pytest.mark.parametrize(("source", "target"), list(product(ActivityState.values, repeat=2)))
def test_activities_move_by_the_table_alone(source, target):
    assert ACTIVITY_TRANSITIONS.allows(source, target) == ((source, target) in ALLOWED)
    begins = noon(-1) if target == "held" else noon(1)
    row = ActivityFactory(state=source, begins_at=begins, ends_at=begins + timedelta(hours=1))
    deeds = {
        "open": lambda: activities.open_activity(activity=row, actor=None),
        "held": lambda: activities.hold_activity(activity=row, actor=None, came=[]),
        "cancelled": lambda: activities.call_off(activity=row, actor=None, reason="下雨"),
    }
    if (source, target) in ALLOWED:
        assert deeds[target]().state == target
        assert row.state_changes.count() == 1
    elif target in deeds:
        assert code_of(deeds[target]) == "transition"


def test_who_waits_moves_up_in_order_and_is_told():
    one, two, three, four = stays(4)
    row = ActivityFactory(seats=1)
    first, second, third, _fourth = (
        activities.sign_up(activity=row, placement=stay, actor=None) for stay in (one, two, three, four)
    )
    assert [each.state for each in (first, second, third)] == ["signed_up", "waiting", "waiting"]
    assert activities.sign_up(activity=row, placement=two, actor=None) == second
    Placement.objects.filter(pk=two.pk).update(state=PlacementState.ENDED_EARLY)
    activities.sign_off(sign_up=first, actor=None)
    activities.sign_off(sign_up=first, actor=None)
    states = dict(row.sign_ups.values_list("placement", "state"))
    assert states == {one.pk: "cancelled", two.pk: "waiting", three.pk: "signed_up", four.pk: "waiting"}
    assert (told(three.student.user, "activity_moved_up"), told(two.student.user, "activity_moved_up")) == (1, 0)
    row.refresh_from_db()
    row.seats, row.place = 2, "另一示例村"
    activities.save_activity(activity=row, actor=None, expected_revision=row.revision)
    assert row.sign_ups.get(placement=four).seat == 2
    assert told(three.student.user, "activity_changed") == 1
    row.seats = 1
    assert code_of(activities.save_activity, activity=row, actor=None) == "seats"
    assert activities.sign_up(activity=row, placement=one, actor=None).state == SignUpState.WAITING


def test_activities_refuse_what_comes_too_late_or_too_early():
    stay = PlacementFactory(on_post=True)
    row = ActivityFactory()
    assert code_of(activities.hold_activity, activity=row, actor=None, came=[]) == "early"
    assert code_of(activities.correct_attendance, activity=row, actor=None, came=[], report="") == "early"
    mine = activities.sign_up(activity=row, placement=stay, actor=None)
    far = ActivityFactory(begins_at=noon(60), ends_at=noon(61))
    assert code_of(activities.sign_up, activity=far, placement=stay, actor=None) == "outside"
    GroupActivity.objects.filter(pk=row.pk).update(begins_at=noon(-1), ends_at=noon(0))
    assert code_of(activities.sign_up, activity=row, placement=on_post(stay), actor=None) == "closed"
    assert code_of(activities.sign_off, sign_up=mine, actor=None) == "closed"
    held = activities.hold_activity(activity=row, actor=None, came=[mine.pk], report="参观了示例馆")
    mine.refresh_from_db()
    assert (mine.state, held.report) == ("attended", "参观了示例馆")
    activities.correct_attendance(activity=row, actor=None, came=[], report="更正")
    mine.refresh_from_db()
    assert mine.state == "missed"
    assert code_of(activities.save_activity, activity=held, actor=None) == "closed"
    past = ActivityFactory(state="planned", begins_at=noon(-1))
    assert code_of(activities.open_activity, activity=past, actor=None) == "past"


def test_who_goes_hears_that_it_is_called_off():
    one, other = stays(2)
    row = ActivityFactory(seats=1)
    for stay in (one, other):
        activities.sign_up(activity=row, placement=stay, actor=None)
    assert code_of(activities.call_off, activity=row, actor=None, reason="") == "reason"
    activities.call_off(activity=row, actor=None, reason="下雨")
    assert [told(stay.student.user, "activity_called_off") for stay in (one, other)] == [1, 1]


def test_care_is_noted_once_and_never_in_advance():
    stay, today = PlacementFactory(on_post=True), timezone.localdate()
    visitor = stay.student.user
    words = {"placement": stay, "kind": CareKind.FESTIVAL, "actor": visitor}
    assert log_care(on=today, text="送粽子 ", **words) == log_care(on=today, text="送粽子", **words)
    assert CareVisit.objects.count() == 1
    assert code_of(log_care, on=today + timedelta(days=1), text="x", **words) == "future"
    with pytest.raises(ValidationError):
        log_care(on=today, text=" ", **words)
    assert Bed.objects.count() == 0
