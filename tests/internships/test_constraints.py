"""The database keeps seats, stays, beds and papers right, whoever writes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from internships.enums import ApplicationState, PlacementState
from internships.models import Application, Bed, BedStay, Lodging, Position
from tests.factories.internships import ApplicationFactory, PlacementFactory, PositionFactory, StudentFactory
from tests.factories.organisations import LeadUnitFactory

pytestmark = pytest.mark.django_db


def test_seats_are_counted_by_the_database() -> None:
    position = PositionFactory(seats=2)
    application = ApplicationFactory(position=position, accepted=True)
    position.refresh_from_db()
    assert position.seats_taken == 1
    Application.objects.filter(pk=application.pk).update(state=ApplicationState.PLACED)
    position.refresh_from_db()
    assert position.seats_taken == 1
    Application.objects.filter(pk=application.pk).update(state=ApplicationState.WITHDRAWN)
    position.refresh_from_db()
    assert position.seats_taken == 0


def test_the_seat_too_many_is_refused_even_to_raw_sql() -> None:
    position = PositionFactory(seats=1)
    ApplicationFactory(position=position, accepted=True)
    other = ApplicationFactory(position=position)
    with pytest.raises(IntegrityError, match="last_seat_once"), transaction.atomic():
        Application.objects.filter(pk=other.pk).update(state=ApplicationState.ACCEPTED)
    with pytest.raises(IntegrityError, match="last_seat_once"), transaction.atomic():
        Position.objects.filter(pk=position.pk).update(seats=1, seats_taken=2)


def test_an_application_stays_with_its_position() -> None:
    application = ApplicationFactory()
    other = PositionFactory()
    with pytest.raises(IntegrityError, match="stays with its position"), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(position=other)


def test_one_active_application_a_position() -> None:
    first = ApplicationFactory()
    with pytest.raises(IntegrityError, match="application_once"), transaction.atomic():
        ApplicationFactory(position=first.position, student=first.student)
    Application.objects.filter(pk=first.pk).update(state=ApplicationState.WITHDRAWN)
    ApplicationFactory(position=first.position, student=first.student)


def test_nobody_is_in_two_places_at_once() -> None:
    student = StudentFactory()
    first = PlacementFactory(application__student=student)
    with pytest.raises(IntegrityError, match="one_place_at_a_time"), transaction.atomic():
        PlacementFactory(application__student=student, starts_on=first.ends_on)
    PlacementFactory(application__student=student, starts_on=first.ends_on, state=PlacementState.CANCELLED)


def test_no_bed_is_given_twice() -> None:
    lodging = Lodging.objects.create(name="示例公寓", owner_unit=LeadUnitFactory(), address="示例路1号")
    bed = Bed.objects.create(lodging=lodging, room="101", label="1")
    one, other = PlacementFactory(), PlacementFactory()
    today = timezone.localdate()
    BedStay.objects.create(bed=bed, placement=one, starts_on=today, ends_on=today + timedelta(days=5))
    with pytest.raises(IntegrityError, match="bed_once"), transaction.atomic():
        BedStay.objects.create(
            bed=bed, placement=other, starts_on=today + timedelta(days=5), ends_on=today + timedelta(days=9)
        )
