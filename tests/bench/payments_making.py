"""Cleared claims by the thousand: prepared from attendance, then said to be reviewed by two people."""

from decimal import Decimal

from django.db import connection

from internships.models import Placement
from internships.subsidies.enums import BankFileKind
from internships.subsidies.models import BudgetLine, PaymentBatch
from internships.subsidies.services.bank_files import bank_file
from internships.subsidies.services.batch import draft_batch, release_batch, seal_batch
from internships.subsidies.services.preparing import prepare_claims
from tests.bench.subsidies import fill
from tests.factories.accounts import UserFactory
from tests.factories.payments import money

# One after the other: each is a transaction of its own.
_REVIEWED = (
    """
INSERT INTO subsidies_claimduty (claim_id, duty, user_id, round, opinion, at)
SELECT id, duty.name, duty.user_id, 1, '', now() FROM subsidies_claim
CROSS JOIN (VALUES ('first_review', %(first)s), ('second_review', %(second)s)) AS duty (name, user_id)
WHERE state = 'draft'
""",
    "ALTER TABLE subsidies_claim DISABLE TRIGGER USER",
    """
UPDATE subsidies_claim AS claim SET state = 'cleared', account_id = account.id, submitted_at = now()
FROM subsidies_bankaccount AS account WHERE account.student_id = claim.student_id AND claim.state = 'draft'
""",
    "ALTER TABLE subsidies_claim ENABLE TRIGGER USER",
)


def drafted(size: int) -> PaymentBatch:
    """Return a draft of ``size`` claims that may be paid, of people of their own."""
    with connection.cursor() as cursor:
        fill(cursor, Placement.objects.count() + size, empty=False)
        made = prepare_claims()
        assert made == size, made
        people = {"first": UserFactory().pk, "second": UserFactory().pk}
        for statement in _REVIEWED:
            cursor.execute(statement, people)
        cursor.execute("VACUUM ANALYZE")
        # Whoever seals comes on a connection of their own, not on one that has known the tables empty.
        cursor.execute("DISCARD PLANS")
    line: BudgetLine = money(Decimal(2000) * size)
    batch, _left_out = draft_batch(title="bench", budget_line=line, actor=UserFactory())
    assert batch.lines.count() == size
    return batch


def _file(batch: PaymentBatch) -> PaymentBatch:
    bank_file(batch=batch, kind=BankFileKind.XLSX, actor=None)
    return batch


STEPS = (
    lambda batch: seal_batch(batch=batch, actor=batch.drafted_by),
    lambda batch: release_batch(batch=batch, actor=UserFactory()),
    _file,
)
