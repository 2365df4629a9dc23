"""Whether one can apply is told before the form: each reason, with what to do."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from internships.enums import PositionState
from internships.models import Position
from internships.selectors.ages import age_on
from internships.selectors.eligibility import blocking, eligibility
from tests.factories.internships import ApplicationFactory, PlacementFactory, PositionFactory, StudentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def student():
    return StudentFactory(enrolment_code="ABCD1234", discipline="08")


def codes(position, student, **kwargs):
    return [reason.code for reason in eligibility(position, student, **kwargs)]


def test_nothing_stands_against_it(student):
    assert codes(PositionFactory(), student) == []


def test_each_reason_of_the_position(student):
    today = timezone.localdate()
    closed = PositionFactory(closed=True)
    passed = PositionFactory(apply_until=today - timedelta(days=1))
    silent = PositionFactory(reconfirmed_on=today - timedelta(days=60))
    full = PositionFactory(seats=1)
    ApplicationFactory(position=full, accepted=True)
    full.refresh_from_db()
    hidden = PositionFactory(host__is_public=False)
    for position, code in (
        (closed, "closed"), (passed, "day_passed"), (silent, "silent"), (full, "no_seats"), (hidden, "closed"),
    ):  # fmt: skip
        assert codes(position, student) == [code]
        assert not Position.objects.open().filter(pk=position.pk).exists()


def test_the_selector_and_the_list_of_open_positions_agree_on_drafts(student):
    assert codes(PositionFactory(draft=True), student) == ["closed"]
    assert PositionState.DRAFT not in Position.objects.open().values_list("state", flat=True)


def test_each_reason_of_the_student(student):
    young = StudentFactory(enrolment_code="A1", birth_date=years_ago(15))
    minor = StudentFactory(enrolment_code="A1", birth_date=years_ago(17))
    position = PositionFactory(levels=["master"], disciplines=["10"])
    assert codes(position, student) == ["level", "discipline"]
    assert [reason.code for reason in blocking(eligibility(position, student))] == ["level"]
    plain = PositionFactory(levels=[])
    assert codes(plain, young) == ["too_young"]
    assert codes(plain, minor) == ["guardian"]
    assert blocking(eligibility(plain, minor)) == []
    assert codes(plain, StudentFactory()) == ["enrolment"]
    assert codes(plain, StudentFactory(enrolment_code="A1", enrolment_code_until=date(2020, 1, 1))) == ["enrolment"]
    assert codes(plain, None) == ["profile"]


def test_what_else_the_student_does(student, settings):
    settings.APPLICATIONS_AT_ONCE = 2
    position = PositionFactory()
    own = ApplicationFactory(student=student, position=position)
    assert codes(position, student) == ["exists"]
    assert codes(position, student, application=own) == []
    ApplicationFactory(student=student)
    assert codes(PositionFactory(), student) == ["too_many"]
    PlacementFactory(application__student=student, starts_on=position.ends_on, ends_on=position.ends_on)
    assert "overlap" in codes(position, student, application=own)


def test_every_reason_says_what_to_do(student):
    reasons = [
        *eligibility(PositionFactory(closed=True, levels=["master"], disciplines=["10"]), student),
        *eligibility(PositionFactory(), None),
    ]
    assert all(reason.sentence and reason.advice for reason in reasons)


def test_few_queries_however_many_applications(student, django_assert_max_num_queries):
    position = Position.objects.select_related("host", "base").get(pk=PositionFactory().pk)
    for _number in range(2):
        ApplicationFactory(student=student)
    with django_assert_max_num_queries(4):
        eligibility(position, student)


def test_ages_of_those_born_on_29_february():
    born = date(2008, 2, 29)
    assert age_on(born, date(2024, 2, 28)) == 15
    assert age_on(born, date(2024, 2, 29)) == 16
    assert age_on(born, date(2026, 2, 28)) == 17
    assert age_on(born, date(2026, 3, 1)) == 18


def years_ago(years):
    return timezone.localdate().replace(day=1) - timedelta(days=years * 365 + 20)
