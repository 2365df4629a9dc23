"""What is read of batches: their fingerprint, their lines for the bank, and who does what next."""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from internships.subsidies.models import PaymentBatch, PaymentLine

# What must not change between the seal and the bank: order, reference, claim, account, amount.
_HASH = """
SELECT encode(sha256(convert_to(coalesce(string_agg(concat_ws('|', line."order", line.reference, claim.number,
       account.holder, account.card_index, account.bank, account.branch, line.amount), E'\\n' ORDER BY line."order"),
       ''), 'UTF8')), 'hex')
FROM subsidies_paymentline AS line
JOIN subsidies_claim AS claim ON claim.id = line.claim_id
JOIN subsidies_bankaccount AS account ON account.id = line.account_id
WHERE line.batch_id = %s
"""


def lines_hash(batch: PaymentBatch) -> str:
    """Return the fingerprint (SHA-256, hex) of the lines of a batch as they stand."""
    with connection.cursor() as cursor:
        cursor.execute(_HASH, [batch.pk])
        (found,) = cursor.fetchone()  # type: ignore[misc]
    return str(found)


def lines_of(batch: PaymentBatch) -> QuerySet[PaymentLine]:
    """Return the lines of a batch with what the bank's file and the desk show of them."""
    return (
        PaymentLine.objects.filter(batch=batch)
        .select_related("account", "claim__student__university", "claim__scheme", "claim__host")
        .order_by("order")
    )


def bank_lines(batch: PaymentBatch) -> Iterator[Any]:
    """Yield the lines for the bank's file, a few at a time, with no more of each record than the file needs."""
    columns = (
        "order", "reference", "amount", "account__holder", "account__card", "account__bank", "account__branch",
        "claim__number", "claim__student__id_number",
    )  # fmt: skip
    rows = PaymentLine.objects.filter(batch=batch).order_by("order")
    return rows.values_list(*columns, named=True).iterator(chunk_size=2000)
