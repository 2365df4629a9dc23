"""Claims prepared by two at once, and by a worker whose connection is cut in the middle: each stay once, caps kept."""

from datetime import date
from decimal import Decimal
from functools import partial

import psycopg
import pytest
from django.db import OperationalError, connection
from django.db.models import Count, Sum

from internships.subsidies.models import Claim, ClaimLine, ClaimStateChange
from internships.subsidies.services import preparing
from internships.subsidies.services.preparing import prepare_claims
from tests.factories.internships import ApplicationFactory, StudentFactory
from tests.factories.subsidies import PolicyFactory
from tests.factories.subsidies_policies import attended_stay
from tests.servers import scratch_database_url

pytestmark = pytest.mark.django_db(transaction=True)
UNTIL, STAYS = date(2026, 11, 1), 6


@pytest.fixture
def policy(monkeypatch):
    """A policy of three months a person, with stays of one and of two months; batches of two stays."""
    monkeypatch.setattr(preparing, "BATCH", 2)
    made = PolicyFactory(most_months=Decimal(3))
    student = StudentFactory()
    for first, last in ((date(2026, 1, 1), date(2026, 2, 28)), (date(2026, 4, 1), date(2026, 5, 31))):
        attended_stay(first, last, application=ApplicationFactory(placed=True, student=student))
    for _number in range(STAYS - 2):
        attended_stay(date(2026, 7, 1), date(2026, 7, 31))
    return made


def assert_each_once() -> None:
    assert Claim.objects.count() == Claim.objects.values("placement").distinct().count() == STAYS
    assert ClaimStateChange.objects.count() == STAYS
    lines = ClaimLine.objects.values("claim").annotate(sum=Sum("amount")).values_list("claim", "sum")
    assert dict(lines) == dict(Claim.objects.values_list("pk", "amount"))
    months = Claim.objects.values("student").annotate(sum=Sum("months")).values_list("sum", flat=True)
    assert sorted(months) == [1] * (STAYS - 2) + [3]


def test_two_workers_and_another_scheme_at_once_claim_each_stay_once(policy, at_once):
    other = PolicyFactory(most_months=Decimal(3))
    counts = at_once(
        partial(prepare_claims, policy=policy, until=UNTIL), partial(prepare_claims, policy=policy, until=UNTIL),
        partial(prepare_claims, policy=other, until=UNTIL), partial(prepare_claims, until=UNTIL),
    )  # fmt: skip
    assert [one for one in counts if isinstance(one, Exception)] == []
    assert sum(counts) == Claim.objects.count() == Claim.objects.values("placement").distinct().count() == STAYS
    assert not Claim.objects.values("student", "starts_on").annotate(times=Count("pk")).filter(times__gt=1).exists()


def test_a_worker_cut_off_in_the_middle_loses_one_batch_and_the_next_goes_on(policy, monkeypatch):
    copy, copied = preparing.copy_values, []

    def cut_off(model, rows):
        """After the claims of the second batch, before their lines, the server ends the connection."""
        count = copy(model, rows)
        copied.append(model)
        if copied.count(Claim) == 2:
            with psycopg.connect(scratch_database_url(), autocommit=True) as another:
                another.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        return count

    monkeypatch.setattr(preparing, "copy_values", cut_off)
    with pytest.raises(OperationalError):
        prepare_claims(policy=policy, until=UNTIL)
    connection.close()
    monkeypatch.setattr(preparing, "copy_values", copy)
    assert Claim.objects.count() == ClaimStateChange.objects.count() == 2
    assert prepare_claims(policy=policy, until=UNTIL) == STAYS - 2
    assert prepare_claims(policy=policy, until=UNTIL) == 0
    assert_each_once()
