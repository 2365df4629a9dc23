"""Someone to tell, and something to tell."""

import pytest

from tests.factories.accounts import UserFactory
from tests.notifications import kinds
from wenxi_portal.notifications.models import DeliveryHours


@pytest.fixture
def reader(db):
    """A person without quiet hours."""
    user = UserFactory()
    DeliveryHours.objects.create(user=user, quiet_from="00:00", quiet_until="00:00")
    return user


@pytest.fixture
def kind():
    """The kind of message of these tests."""
    return kinds.KIND.name
