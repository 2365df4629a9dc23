"""Two officers at the same moment, and a process killed in the middle: money moves once, or not at all."""

import os
import subprocess
import sys

import pytest

from internships.subsidies.enums import BatchState, ClaimState, LineResult
from internships.subsidies.models import Claim, ClaimDuty, Journal, LedgerEntry, PaymentBatch, ResultFile
from internships.subsidies.selectors.reconciling import discrepancies
from internships.subsidies.services.batch import cancel_batch, draft_batch, release_batch, seal_batch
from internships.subsidies.services.result import read_result
from tests.factories.accounts import UserFactory
from tests.factories.payments import drafted, money, payable, released, result_csv, rows_of, sealed
from tests.servers import scratch_database_url
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 4


@pytest.fixture(autouse=True)
def _reconciled():
    yield
    assert [one for one in discrepancies() if one.check != "no_line"] == []


def refusals(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def test_one_batch_is_sealed_released_and_read_once(at_once):
    batch = drafted(money(10000), 2)
    for verb in (seal_batch, release_batch):
        people = [UserFactory() for _number in range(TIMES)]
        outcomes = at_once(*[lambda verb=verb, who=who: verb(batch=batch, actor=who) for who in people])
        assert [type(one) for one in refusals(outcomes)] == [DomainError] * (TIMES - 1)
        batch.refresh_from_db()
    assert ClaimDuty.objects.filter(duty="pay").count() == 2
    upload = rows_of(batch)
    files = at_once(*[lambda: read_result(batch=batch, upload=result_csv(upload), actor=UserFactory())] * TIMES)
    assert refusals(files) == []
    assert ResultFile.objects.filter(was_applied=True).count() == 1
    assert LedgerEntry.objects.balances()["paid"] == 4000


def test_two_batches_never_overdraw_their_line_and_no_claim_goes_into_both(at_once):
    line = money(5000)
    first, second = drafted(line, 2), drafted(line, 2)
    outcomes = at_once(*[lambda one=one: seal_batch(batch=one, actor=one.drafted_by) for one in (first, second)])
    assert [one.code for one in refusals(outcomes)] == ["budget"]
    line.refresh_from_db()
    assert line.free == 1000
    payable(3)
    drafts = at_once(*[lambda: draft_batch(title="示例", budget_line=line, actor=UserFactory())] * TIMES)
    assert {one.code for one in refusals(drafts)} <= {"empty"}
    taken = Claim.objects.filter(payment_lines__result=LineResult.PENDING)
    assert taken.count() == taken.distinct().count() == 7


def test_released_or_cancelled_but_never_both(at_once):
    batch, finance = sealed(), UserFactory()
    outcomes = at_once(
        lambda: release_batch(batch=batch, actor=finance),
        lambda: cancel_batch(batch=batch, actor=batch.drafted_by, reason="示例"),
    )
    assert len(refusals(outcomes)) == 1
    batch.refresh_from_db()
    assert batch.state in {BatchState.RELEASED, BatchState.CANCELLED}


# Ends the process before the commit, as a machine that loses its power does.
KILLED = """
import os, sys
import django
django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from internships.subsidies.models import PaymentBatch
from internships.subsidies.services import batch, result
from wenxi_portal.accounts.models import User

def die(**_): os._exit(9)

batch.tell_students = result.tell_students = die
one, actor = PaymentBatch.objects.get(pk=sys.argv[2]), User.objects.get(pk=sys.argv[3])
if sys.argv[1] == "seal":
    batch.seal_batch(batch=one, actor=actor)
elif sys.argv[1] == "release":
    batch.release_batch(batch=one, actor=actor)
else:
    result.read_result(batch=one, upload=SimpleUploadedFile("x.csv", sys.stdin.buffer.read()), actor=actor)
"""


def killed(deed: str, batch: PaymentBatch, actor, content: bytes = b"") -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, deed, str(batch.pk), str(actor.pk)], input=content, check=False,
        env=os.environ | {"DATABASE_URL": scratch_database_url(), "DJANGO_SETTINGS_MODULE": "wenxi_portal.settings.test"},
    )  # fmt: skip
    assert done.returncode == 9


def test_killed_in_the_middle_nothing_is_half_and_done_again_it_is_done_once():
    batch = drafted(money(10000), 2)
    killed("seal", batch, batch.drafted_by)
    batch.refresh_from_db()
    assert (batch.state, Journal.objects.filter(batch=batch).count()) == (BatchState.DRAFT, 0)
    assert set(Claim.objects.values_list("state", flat=True)) == {ClaimState.CLEARED}
    batch, finance = seal_batch(batch=batch, actor=batch.drafted_by), UserFactory()
    killed("release", batch, finance)
    assert not ClaimDuty.objects.filter(duty="pay").exists()
    batch = release_batch(batch=batch, actor=finance)
    rows = rows_of(batch)
    killed("result", batch, finance, result_csv(rows).read())
    assert not ResultFile.objects.exists()
    assert set(batch.lines.values_list("result", flat=True)) == {LineResult.PENDING}
    assert read_result(batch=batch, upload=result_csv(rows), actor=finance).report["paid"] == 2
    batch.refresh_from_db()
    assert batch.state == BatchState.SETTLED


def test_a_result_of_another_batch_meets_its_own_at_the_same_moment(at_once):
    line = money()
    one, other = released(line, 1), released(line, 1)
    mine, theirs = rows_of(one), rows_of(other)
    files = at_once(
        lambda: read_result(batch=one, upload=result_csv(theirs), actor=UserFactory()),
        lambda: read_result(batch=other, upload=result_csv(theirs), actor=UserFactory()),
        lambda: read_result(batch=one, upload=result_csv(mine), actor=UserFactory()),
    )
    assert [file.was_applied for file in files] == [False, True, True]
