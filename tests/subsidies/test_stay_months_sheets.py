"""Where months of the stay are counted, each cut out of two sheets, the sheets still are proof, are locked and shown."""

import pytest

from internships.enums import SheetState
from internships.models import Placement
from internships.subsidies.enums import Duty
from internships.subsidies.selectors.checks import checks_of
from internships.subsidies.selectors.host_claims import host_facts
from internships.subsidies.selectors.papers import sheets_of
from internships.subsidies.services.host_confirmation import confirm_by_host
from tests.factories import stays
from tests.subsidies.claims_world import handed_in, policy, prepared

RULES = {"rates": {"bachelor": "1000"}, "counting": {"method": "whole_months", "basis": "stay"}}


@pytest.mark.django_db
def test_months_of_the_stay_rest_on_the_sheets_they_are_cut_from():
    claim = handed_in(prepared(policy(rules=RULES)))
    assert claim.amount == 2000
    assert claim.lines.filter(sheet__isnull=True, amount=1000).count() == 2
    sheets = list(sheets_of(claim))
    assert sheets
    assert {sheet.state for sheet in sheets} == {SheetState.LOCKED}
    assert host_facts(claim)["days"] == sum(sheet.half_days for sheet in sheets) / 2 > 0
    assert next(check for check in checks_of(claim) if check.name == "attendance").met
    # Whoever confirmed a sheet has the host's duty, whoever else confirms the claim.
    confirm_by_host(claim=claim, actor=stays.host_of(Placement.objects.get()))
    had = set(claim.duties.filter(duty=Duty.HOST_CONFIRM).values_list("user", flat=True))
    assert had > {sheet.confirmed_by_id for sheet in sheets}
