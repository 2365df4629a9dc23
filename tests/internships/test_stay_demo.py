"""Demo stays come from the verbs alone, and a second run finds nothing to do."""

import pytest

from internships.enums import PlacementState
from internships.models import Application, Certificate, Placement
from internships.services.demo_stays import COURSES, make_demo_stays
from tests.factories.accounts import UserFactory, staff
from tests.factories.internships import ApplicationFactory

pytestmark = pytest.mark.django_db


def test_demo_stays_stand_in_every_state():
    applications = [ApplicationFactory(accepted=True, is_demo=True) for _course in COURSES]
    told = []
    made = make_demo_stays(applications=applications, officer=staff(), host=UserFactory(), progress=told.append)
    assert made == sum(told) == len(COURSES)
    states = set(Placement.objects.values_list("state", flat=True))
    assert states == set(PlacementState.values) - {PlacementState.CANCELLED}
    assert set(Placement.objects.values_list("is_demo", flat=True)) == {True}
    assert Certificate.objects.count() == sum(course.name in {"certified", "hired"} for course in COURSES)
    assert not Application.objects.filter(state="accepted").exists()
