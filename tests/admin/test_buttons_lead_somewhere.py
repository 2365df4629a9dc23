"""A button of a list stands there only for those whom its page answers."""

import pytest
from django.urls import reverse

from tests.factories.accounts import staff
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.roles import sync_roles

pytestmark = pytest.mark.django_db

BUTTONS = {
    "admin:talent_person_changelist": ["/to-duplicates/"],
    "admin:subsidies_paymentbatch_changelist": ["/list/reports/", "/list/forecast/"],
}


@pytest.mark.parametrize(("role", "shown"), [(Role.ORGANIZATION_DEPARTMENT, True), (Role.LEAD_UNIT_OFFICER, False)])
@pytest.mark.parametrize("address", BUTTONS)
def test_it_stands_for_those_who_may(client, role, shown, address):
    sync_roles()
    client.force_login(staff(role))
    page = client.get(reverse(address))
    assert page.status_code == 200
    assert [button in page.content.decode() for button in BUTTONS[address]] == [shown] * len(BUTTONS[address])
