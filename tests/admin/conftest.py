"""People at their desks."""

from types import SimpleNamespace

import pytest
from django.test import Client

from tests.factories.accounts import staff
from tests.factories.organisations import MembershipFactory
from wenxi_portal.accounts.enums import Role


@pytest.fixture
def department(db):
    """A person of the organization department: ``client`` is signed in as ``user``."""
    return at_desk(staff(Role.ORGANIZATION_DEPARTMENT))


@pytest.fixture
def officer(db):
    """An officer of the lead unit ``unit``."""
    membership = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER))
    desk = at_desk(membership.user)
    desk.unit = membership.organisation
    return desk


def at_desk(user):
    """Sign ``user`` in."""
    client = Client()
    client.force_login(user)
    return SimpleNamespace(client=client, user=user)
