"""The last bed, the last seat in the bus, the last seat of an activity: many at the same moment, one gets it."""

from functools import partial

import pytest

from internships.models import ActivitySignUp, BedStay, ShuttleSeat, SupportRequest
from internships.services.activity import sign_off, sign_up
from internships.services.cases import ask_for_support, take_up
from internships.services.lodging import give_bed
from internships.services.shuttle import take_seat
from tests.factories.care import ActivityFactory, BedFactory, LodgingFactory, ShuttleFactory, officer_of, stays
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 20


def refused(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def test_twenty_want_the_last_beds_and_seats(at_once):
    everybody = stays(TIMES)
    house = LodgingFactory()
    for _bed in range(3):
        BedFactory(lodging=house)
    outcomes = at_once(*[partial(give_bed, placement=stay, lodging=house, actor=None) for stay in everybody])
    assert {error.code for error in refused(outcomes)} == {"full"}
    assert len(refused(outcomes)) == TIMES - 3
    assert BedStay.objects.values("bed").distinct().count() == BedStay.objects.count() == 3

    bed = BedFactory(lodging=house)
    rest = [stay for stay, outcome in zip(everybody, outcomes, strict=True) if isinstance(outcome, DomainError)]
    outcomes = at_once(*[partial(give_bed, placement=stay, bed=bed, actor=None) for stay in rest])
    assert len(refused(outcomes)) == len(rest) - 1
    assert bed.stays.count() == 1

    run = ShuttleFactory(seats=2)
    outcomes = at_once(*[partial(take_seat, run=run, placement=stay, actor=None) for stay in everybody])
    assert {error.code for error in refused(outcomes)} == {"full"}
    assert sorted(ShuttleSeat.objects.values_list("number", flat=True)) == [1, 2]

    row = ActivityFactory(seats=5)
    outcomes = at_once(*[partial(sign_up, activity=row, placement=stay, actor=None) for stay in everybody])
    assert refused(outcomes) == []
    assert sorted(row.sign_ups.filter(state="signed_up").values_list("seat", flat=True)) == [1, 2, 3, 4, 5]
    going = list(row.sign_ups.filter(state="signed_up"))
    waiting = list(row.sign_ups.filter(state="waiting").order_by("at", "pk"))
    assert refused(at_once(*[partial(sign_off, sign_up=mine, actor=None) for mine in going])) == []
    moved = set(ActivitySignUp.objects.filter(state="signed_up").values_list("pk", flat=True))
    assert moved == {mine.pk for mine in waiting[:5]}


def test_twenty_clicks_are_one_request_and_one_owner(at_once):
    stay = stays(1)[0]
    student, officers = stay.student.user, [officer_of(stay.lead_unit) for _each in range(4)]

    def ask():
        return ask_for_support(request=SupportRequest(placement=stay, kind="meals", text="示例"), actor=student)

    assert refused(at_once(*[ask] * TIMES)) == []
    request = SupportRequest.objects.get()
    outcomes = at_once(*[partial(take_up, request=request, actor=officer) for officer in officers * 3])
    assert refused(outcomes) == []
    assert request.state_changes.filter(to_state="in_hand").count() == 1


def test_the_same_seat_clicked_often_is_one_seat(at_once):
    stay = stays(1)[0]
    run, row = ShuttleFactory(), ActivityFactory()
    deeds = [partial(take_seat, run=run, placement=stay, actor=None)] * 10
    deeds += [partial(sign_up, activity=row, placement=stay, actor=None)] * 10
    assert refused(at_once(*deeds)) == []
    assert (run.taken_seats.count(), row.sign_ups.count()) == (1, 1)
