"""The demonstration of internships: every desk has something on it, nothing is doubled, nobody real is written to."""

import pytest
from django.core import mail
from django.core.management import call_command

from internships.enums import ApplicationState, NominationState
from internships.models import Application, Nomination, Placement, Student
from internships.selectors.eligibility import enrolment_is_proved
from internships.services.demo import load_demo_internships
from internships.services.demo_plan import parts_of_figure
from talent.models import Person
from wenxi_portal.accounts.models import User
from wenxi_portal.notifications.enums import RINGING
from wenxi_portal.notifications.models import Message
from wenxi_portal.pages.services.demo_entry import demo_cast

pytestmark = pytest.mark.django_db
INTERNS = 3


@pytest.fixture
def cast(settings):
    settings.DEBUG = settings.PORTAL_DEMO = True
    call_command("load_wenxi", verbosity=0)
    return demo_cast()


def _counts():
    models = (Student, Application, Placement, Nomination, Person, User, Message)
    return [model.objects.count() for model in models]


def test_every_figure_of_the_demonstration_finds_work(cast, django_capture_on_commit_callbacks):
    # A run that was cut off after the first goes on.
    load_demo_internships(cast=cast, interns=1)
    with django_capture_on_commit_callbacks(execute=True):
        load_demo_internships(cast=cast, interns=INTERNS)
    counts = _counts()
    again = load_demo_internships(cast=cast, interns=INTERNS)
    assert (again.positions, again.stays, again.applications) == (0, 0, 0)
    assert _counts() == counts

    stays = Placement.objects.filter(is_demo=True)
    earlier = len(parts_of_figure())
    assert stays.count() - earlier == Student.objects.filter(is_demo=True).count() == INTERNS
    student = cast.student.student
    assert enrolment_is_proved(student)
    assert student.placements.count() == 1 + earlier
    assert student.applications.active().count() == 1
    own = Application.objects.of_hosts(cast.host)
    assert own.waiting_for_host().exists()
    assert stays.filter(host__memberships__user=cast.host, state="on_post").exists()
    assert Application.objects.visible_to(cast.university).exists()
    assert Nomination.objects.of_universities(cast.university).filter(state=NominationState.WAITING).exists()
    assert stays.visible_to(cast.officer).exists()
    states = set(Application.objects.values_list("state", flat=True))
    assert states >= {ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.PLACED}

    assert not Message.objects.filter(channel__in=RINGING).exists()
    assert not mail.outbox
    assert set(Student.objects.values_list("user__is_demo", flat=True)) == {True}
    assert all(one.id_number.startswith("999999") for one in Student.objects.all())


def test_without_the_demonstration_nobody_acts():
    assert load_demo_internships(cast=None, interns=1).stays == 0
    assert not Student.objects.exists()
