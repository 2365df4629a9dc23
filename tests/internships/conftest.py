"""A student, a host and a university at work."""

from types import SimpleNamespace

import pytest
from django.test import Client

from tests.factories.accounts import UserFactory
from tests.factories.internships import PositionFactory, StudentFactory
from tests.factories.organisations import HostFactory, MembershipFactory, UniversityFactory
from wenxi_portal.accounts.enums import Role


def desk(user, **more):
    """Sign ``user`` in."""
    client = Client()
    client.force_login(user)
    return SimpleNamespace(client=client, user=user, **more)


@pytest.fixture
def student(db):
    """A student whose profile is complete."""
    row = StudentFactory(enrolment_code="ABCD1234")
    return desk(row.user, row=row)


@pytest.fixture
def host(db):
    """A member of a host with one open position of one seat."""
    organisation = HostFactory()
    member = MembershipFactory(user=UserFactory(role=Role.HOST), organisation=organisation)
    return desk(member.user, organisation=organisation, position=PositionFactory(host=organisation, seats=1))


@pytest.fixture
def liaison(db):
    """A liaison of a university."""
    organisation = UniversityFactory()
    member = MembershipFactory(user=UserFactory(role=Role.UNIVERSITY_LIAISON), organisation=organisation)
    return desk(member.user, organisation=organisation)
