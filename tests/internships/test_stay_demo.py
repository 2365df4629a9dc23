"""Demo stays come from the verbs alone."""

import pytest

from internships.enums import PlacementState
from internships.models import Application, Certificate, Placement
from internships.services.demo_stays import COURSES, make_demo_stay
from tests.factories.accounts import UserFactory, staff
from tests.factories.internships import ApplicationFactory

pytestmark = pytest.mark.django_db


def test_demo_stays_stand_in_every_state():
    officer, host = staff(), UserFactory()
    for course in COURSES:
        application = ApplicationFactory(accepted=True, is_demo=True)
        make_demo_stay(application=application, course=course, officer=officer, host=host)
    states = set(Placement.objects.values_list("state", flat=True))
    assert states == set(PlacementState.values) - {PlacementState.CANCELLED}
    assert set(Placement.objects.values_list("is_demo", flat=True)) == {True}
    assert Certificate.objects.count() == sum(course.name in {"certified", "hired"} for course in COURSES)
    assert not Application.objects.filter(state="accepted").exists()
