"""Cleared claims by the thousand, copied from one that the factories made."""

from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from internships.subsidies.enums import BankFileKind
from internships.subsidies.models import BudgetLine, Claim, ClaimLine, PaymentBatch
from internships.subsidies.services.bank_files import bank_file
from internships.subsidies.services.batch import draft_batch, release_batch, seal_batch
from tests.factories.accounts import UserFactory
from tests.factories.payments import money, payable

STEP = 10_000_000
_COPY = """
INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, to_jsonb(model) || {own})).*
FROM {table} AS model, generate_series(%(first)s::bigint, %(last)s::bigint) AS n WHERE {of}
"""
# In this order: who is named by another comes first. ``n`` is the key of each copy.
_TABLES = (
    ("accounts_user", "id", "'email': n || '@bench.invalid'", "user"),
    ("internships_student", "id", "'user_id': n, 'id_index': n::text", "student"),
    ("internships_application", "id", "'student_id': n", "application"),
    ("internships_placement", "id", "'student_id': n, 'application_id': n", "placement"),
    ("internships_insurance", "id", "'placement_id': n", "insurance"),
    ("subsidies_bankaccount", "id", "'student_id': n, 'card_index': n::text", "account"),
    ("subsidies_claim", "id", "'student_id': n, 'placement_id': n, 'account_id': n, 'number': 'B' || n", "claim"),
    ("subsidies_claimline", "id", "'claim_id': n", "line"),
)


def drafted(size: int) -> PaymentBatch:
    """Return a draft of ``size`` claims that may be paid, of people of their own."""
    (claim,) = payable(1)
    ClaimLine.objects.create(
        claim=claim, computation=claim.computation, order=1, policy=claim.policy, starts_on=claim.starts_on,
        ends_on=claim.ends_on, amount=claim.amount, inputs_hash="x",
    )  # fmt: skip
    _copy(claim, size - 1)
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


def _copy(claim: Claim, size: int) -> None:
    stay: Any = claim.placement
    keys = {
        "user": claim.student.user_id, "student": claim.student_id, "application": stay.application_id,
        "placement": stay.pk, "insurance": stay.insurances.get().pk, "account": claim.account_id, "claim": claim.pk,
        "line": claim.lines.get().pk,
    }  # fmt: skip
    first = STEP + int(timezone.now().timestamp() * 1000) * 100
    with connection.cursor() as cursor:
        for table, _key, own, name in _TABLES:
            pairs = ", ".join(f"{part.partition(':')[0]}, {part.partition(':')[2]}" for part in own.split(", "))
            statement = _COPY.format(
                table=table, own=f"jsonb_build_object('id', n, {pairs})", of=f"model.id = {keys[name]}"
            )
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            columns = {column.name for column in connection.introspection.get_table_description(cursor, table)}
            assert {part.partition(":")[0].strip("' ") for part in own.split(", ")} <= columns, table
            cursor.execute(statement, {"first": first, "last": first + size - 1})
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute(
            "INSERT INTO subsidies_claimduty (claim_id, duty, user_id, round, opinion, at)"
            " SELECT n, duty, user_id, round, opinion, at FROM subsidies_claimduty,"
            " generate_series(%s::bigint, %s::bigint) AS n WHERE claim_id = %s",
            [first, first + size - 1, claim.pk],
        )
        cursor.execute("ANALYZE")
        # Whoever seals comes on a connection of their own, not on one that has known the tables empty.
        cursor.execute("DISCARD PLANS")
