"""Fifty at the same moment for one seat; one student in many windows."""

import pytest
from django.utils import timezone

from internships.enums import ApplicationState
from internships.models import Application, Position
from internships.services.application import start_application, submit
from internships.services.deciding import offer
from internships.services.offers import accept, decline
from tests.factories.internships import ApplicationFactory, PositionFactory, StudentFactory
from tests.factories.organisations import HostFactory, LeadUnitFactory, UniversityFactory
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db(transaction=True)
S = ApplicationState
TIMES = 50


@pytest.fixture
def position():
    return PositionFactory(seats=1, host=HostFactory(), lead_unit=LeadUnitFactory())


@pytest.fixture
def students():
    university = UniversityFactory()
    return [StudentFactory(university=university, enrolment_code="ABCD1234") for _number in range(TIMES)]


def codes(outcomes):
    return {error.code for error in outcomes if isinstance(error, DomainError)}


def done(outcomes):
    return [one for one in outcomes if isinstance(one, Application)]


def test_fifty_accept_the_last_seat_and_one_has_it(at_once, position, students):
    # More offers than seats, as a restored backup or raw SQL might leave them: the database has the last word.
    rows = [ApplicationFactory(position=position, student=student, offered=True) for student in students]
    outcomes = at_once(*[lambda row=row: accept(application=row, actor=row.student.user) for row in rows])
    assert len(done(outcomes)) == 1
    assert codes(outcomes) == {"no_seats"}
    assert len([one for one in outcomes if isinstance(one, DomainError)]) == TIMES - 1
    assert Position.objects.get().seats_taken == 1
    assert Application.objects.filter(state=S.ACCEPTED).count() == 1


def test_many_offers_at_once_promise_no_more_than_there_is(at_once, position, students):
    rows = [ApplicationFactory(position=position, student=student, shortlisted=True) for student in students[:20]]
    outcomes = at_once(*[lambda row=row: offer(application=row, actor=None) for row in rows])
    assert (len(done(outcomes)), codes(outcomes)) == (1, {"no_seats"})


def test_a_seat_freed_twice_at_once_is_offered_once(at_once, position, students):
    offered = ApplicationFactory(position=position, student=students[0], offered=True)
    for rank, student in enumerate(students[1:6], start=1):
        ApplicationFactory(position=position, student=student, state=S.WAIT_LISTED, wait_rank=rank)
    outcomes = at_once(*[lambda: decline(application=offered, actor=None)] * 10)
    assert len(done(outcomes)) == 10
    assert list(Application.objects.filter(state=S.OFFERED).values_list("student", flat=True)) == [students[1].pk]


def test_twenty_windows_make_one_application_and_submit_it_once(at_once, position, students):
    student = students[0]

    def apply():
        row = start_application(student=student, position=position, actor=student.user)
        Application.objects.filter(pk=row.pk, letter="").update(letter="示例理由", updated_at=timezone.now())
        return submit(application=row, actor=student.user)

    outcomes = at_once(*[apply] * 20)
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert Application.objects.get().state_changes.filter(to_state=S.SUBMITTED).count() == 1


def test_no_more_than_so_many_at_once(at_once, students, settings):
    student, places = students[0], [PositionFactory() for _number in range(10)]
    outcomes = at_once(
        *[lambda place=place: start_application(student=student, position=place, actor=None) for place in places]
    )
    assert len(done(outcomes)) == settings.APPLICATIONS_AT_ONCE
    assert codes(outcomes) == {"too_many"}
