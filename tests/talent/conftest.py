"""People at their desks."""

import pytest

from tests.admin.conftest import at_desk
from tests.factories.accounts import staff
from tests.factories.organisations import MembershipFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.sms import RecordingGateway


@pytest.fixture
def department(db):
    """A person of the organization department."""
    return at_desk(staff(Role.ORGANIZATION_DEPARTMENT))


@pytest.fixture
def officer(db):
    """An officer of the lead unit ``unit``."""
    membership = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER))
    desk = at_desk(membership.user)
    desk.unit = membership.organisation
    return desk


@pytest.fixture(autouse=True)
def _empty_outbox():
    RecordingGateway.outbox.clear()
