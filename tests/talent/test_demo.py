"""The people of the demonstration: what a figure has to do, the figure can do."""

import pytest

from talent.models import Contact, Person, Registration, SelfCheck
from talent.selectors.duplicates import duplicate_pairs
from talent.services.demo import make_demo_people
from talent.services.demo_queues import fill_demo_queues
from tests.factories.accounts import staff
from tests.factories.organisations import LeadUnitFactory, MembershipFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.services.roles import sync_roles
from wenxi_portal.notifications.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def figures(settings):
    settings.DEBUG, settings.PORTAL_DEMO = True, True
    sync_roles()
    unit, _other = LeadUnitFactory(), LeadUnitFactory()
    figures = [
        staff(Role.ORGANIZATION_DEPARTMENT),
        MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER), organisation=unit).user,
    ]
    User.objects.filter(pk__in=[user.pk for user in figures]).update(is_demo=True)
    return User.objects.in_bulk([user.pk for user in figures])


def test_every_next_step_belongs_to_somebody_who_may_open_it(figures):
    make_demo_people(count=80, progress=lambda _number: None)
    steps = list(Contact.objects.all())
    assert {step.next_owner_id for step in steps} == set(figures)
    for step in steps:
        assert Person.objects.visible_to(figures[step.next_owner_id]).filter(pk=step.person_id).exists()


def test_without_figures_nobody_was_contacted(db):
    make_demo_people(count=6, progress=lambda _number: None)
    assert not Contact.objects.exists()
    assert not Person.objects.filter(last_contacted_on__isnull=False).exists()


def test_the_queues_are_filled_once_and_nothing_is_sent(figures, mailoutbox):
    make_demo_people(count=12, progress=lambda _number: None)
    assert fill_demo_queues() == 10
    assert fill_demo_queues() == 0
    department = next(iter(figures.values()))
    assert len(duplicate_pairs(department)) >= 4
    assert Registration.objects.visible_to(department).waiting().count() == 3
    assert SelfCheck.objects.filter(answer="changed", handled_at__isnull=True).count() == 3
    assert not SelfCheck.objects.filter(answered_at__isnull=True).exists()
    assert mailoutbox == []
    assert not Message.objects.exists()
