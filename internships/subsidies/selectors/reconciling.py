"""Whether the ledger, the payment lines and the claims tell the same story. Nothing found is the only good answer."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

_ENTRIES = """
entries AS (
    SELECT claim_id, sum(amount) FILTER (WHERE account = 'payable') AS payable,
           sum(amount) FILTER (WHERE account = 'paid') AS paid,
           sum(amount) FILTER (WHERE account = 'returned') AS returned,
           sum(amount) FILTER (WHERE account = 'recovered') AS recovered
    FROM subsidies_ledgerentry WHERE claim_id IS NOT NULL GROUP BY claim_id
),
lines AS (
    SELECT line.claim_id,
           sum(line.amount) FILTER (WHERE line.result = 'pending' AND batch.state IN ('sealed', 'released')) AS payable,
           sum(line.amount) FILTER (WHERE line.result = 'paid') AS paid,
           count(*) FILTER (WHERE line.result = 'pending' AND batch.state IN ('sealed', 'released')) AS under_way,
           count(*) FILTER (WHERE line.result = 'paid') AS times_paid,
           (array_agg(line.amount ORDER BY line.id DESC) FILTER (WHERE line.result = 'returned'))[1] AS last_returned
    FROM subsidies_paymentline AS line JOIN subsidies_paymentbatch AS batch ON batch.id = line.batch_id
    GROUP BY line.claim_id
),
back AS (
    SELECT claim_id, sum(amount) AS recovered FROM subsidies_recovery WHERE state = 'received' GROUP BY claim_id
),
told AS (
    SELECT claim.id, claim.number, claim.state, lines.claim_id IS NULL AS without_line,
           coalesce(entries.payable, 0) AS payable, coalesce(entries.paid, 0) AS paid,
           coalesce(entries.returned, 0) AS returned, coalesce(entries.recovered, 0) AS recovered,
           coalesce(lines.payable, 0) AS lines_payable, coalesce(lines.paid, 0) AS lines_paid,
           coalesce(lines.under_way, 0) AS under_way, coalesce(lines.times_paid, 0) AS times_paid,
           coalesce(lines.last_returned, 0) AS last_returned, coalesce(back.recovered, 0) AS back
    FROM subsidies_claim AS claim
    LEFT JOIN entries ON entries.claim_id = claim.id
    LEFT JOIN lines ON lines.claim_id = claim.id
    LEFT JOIN back ON back.claim_id = claim.id
    WHERE entries.claim_id IS NOT NULL OR lines.claim_id IS NOT NULL
       OR claim.state IN ('batched', 'paid', 'returned', 'corrected', 'archived', 'recovered')
)
"""
# Each check: its name, and which claims it names. What was returned waits under that name until the claim is tried
# again or given up; what a cancelled batch has set free stays free.
_CHECKS = {
    "payable": "payable <> lines_payable",
    "paid": "paid <> lines_paid - back",
    "recovered": "recovered <> back",
    "returned": """
        CASE WHEN state = 'returned' AND NOT without_line THEN returned <> last_returned
             WHEN state IN ('corrected', 'withdrawn') THEN returned NOT IN (0, last_returned)
             ELSE returned <> 0 END""",
    "twice": "under_way + times_paid > 1",
    "batched": "NOT without_line AND (state = 'batched') <> (under_way = 1)",
    "settled": "NOT without_line AND (state IN ('paid', 'archived', 'recovered')) <> (times_paid = 1)",
    "no_line": "without_line",
}
_LINES = """
SELECT 'free', line.code, line.free - coalesce(sum(entry.amount) FILTER (WHERE entry.account = 'budget'), 0)
FROM subsidies_budgetline AS line LEFT JOIN subsidies_ledgerentry AS entry ON entry.budget_line_id = line.id
GROUP BY line.id HAVING line.free <> coalesce(sum(entry.amount) FILTER (WHERE entry.account = 'budget'), 0)
UNION ALL
SELECT 'balance', line.code, sum(entry.amount)
FROM subsidies_budgetline AS line JOIN subsidies_ledgerentry AS entry ON entry.budget_line_id = line.id
GROUP BY line.id HAVING sum(entry.amount) <> 0
UNION ALL
SELECT 'batch', batch.number, batch.total - coalesce(sum(line.amount), 0)
FROM subsidies_paymentbatch AS batch LEFT JOIN subsidies_paymentline AS line ON line.batch_id = batch.id
WHERE batch.state IN ('sealed', 'released', 'settled')
GROUP BY batch.id HAVING batch.total <> coalesce(sum(line.amount), 0) OR batch.count <> count(line.id)
UNION ALL
SELECT 'negative', concat_ws(' ', line.code, entry.account), sum(entry.amount)
FROM subsidies_budgetline AS line JOIN subsidies_ledgerentry AS entry ON entry.budget_line_id = line.id
WHERE entry.account <> 'appropriation' GROUP BY line.id, entry.account HAVING sum(entry.amount) < 0
"""


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """``check`` failed for what is called ``name`` (claim, budget line, batch) by so many yuan."""

    check: str
    name: str
    by: Decimal = Decimal(0)


def discrepancies(most: int = 100) -> list[Discrepancy]:
    """Return at most ``most`` discrepancies between ledger, lines and claims."""
    checks = " UNION ALL ".join(
        f"SELECT '{name}', number, 0::numeric FROM told WHERE {condition}"  # noqa: S608 - words of our own
        for name, condition in _CHECKS.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {_ENTRIES} ({checks}) UNION ALL ({_LINES}) LIMIT %s", [most])
        return [Discrepancy(*row) for row in cursor.fetchall()]
