"""People at their desks, and the list of people as the example of a list."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests.admin.conftest import at_desk
from tests.factories.accounts import staff
from tests.factories.organisations import MembershipFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.saved_views.services.saved_view import save_view

PEOPLE = "admin:talent.person"


@pytest.fixture
def department(db):
    """A person of the organization department: ``client`` is signed in as ``user``."""
    return at_desk(staff(Role.ORGANIZATION_DEPARTMENT))


@pytest.fixture
def officer(db):
    """An officer of the lead unit ``unit``."""
    membership = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER))
    desk = at_desk(membership.user)
    return SimpleNamespace(client=desk.client, user=desk.user, unit=membership.organisation)


def kept(user, **kwargs):
    """Return a view of the list of people that ``user`` keeps."""
    values = {"listing": PEOPLE, "name": "示例查询", "params": {}, **kwargs}
    return save_view(owner=user, **values)


def tomorrow(days=1):
    """Return this time some days from now."""
    return timezone.now() + timedelta(days=days)
