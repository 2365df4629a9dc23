"""A paid claim is archived once the bank can hardly return it any more; sums below zero are written with a minus."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from internships.subsidies import tasks
from internships.subsidies.enums import ClaimState
from internships.subsidies.models import Claim
from internships.subsidies.services.archiving import archive_paid
from internships.subsidies.services.demand import demand_recovery
from internships.subsidies.services.result import read_result
from tests.factories.accounts import staff
from tests.factories.payments import RETURNED, lines, released, result_csv, rows_of
from wenxi_portal.core.money import money


@pytest.mark.django_db
def test_what_was_paid_long_ago_is_archived_and_nothing_else(settings):
    batch = released(number=3)
    read_result(batch=batch, upload=result_csv(rows_of(batch, {2: RETURNED})), actor=batch.released_by)
    paid, returned, asked_back = (Claim.objects.get(pk=line.claim_id) for line in lines(batch))
    demand_recovery(claim=asked_back, actor=staff(), reason="示例", is_whole=True)
    later = timezone.localdate() + timedelta(days=settings.SUBSIDY_ARCHIVE_DAYS)
    assert tasks.watch_claims()["archived"] == 0
    assert archive_paid(later - timedelta(days=1)) == 0
    assert [archive_paid(later), archive_paid(later)] == [1, 0]
    for claim, state in ((paid, "archived"), (returned, "returned"), (asked_back, "paid")):
        claim.refresh_from_db()
        assert claim.state == state
    change = paid.state_changes.get(to_state=ClaimState.ARCHIVED)
    assert (change.from_state, change.actor) == ("paid", None)


def test_sums_below_zero_carry_the_minus_in_front():
    assert [money(value) for value in (Decimal(-20000), "0", "1500.5")] == ["−¥20,000.00", "¥0.00", "¥1,500.50"]
