"""The ledger's only writer: every movement is one journal whose entries cancel each other (domain.md §4, Subsidies).

What moves where:

- allotted: appropriation → budget, and back what is cut from it again;
- a batch is sealed: budget → payable, and back when it is cancelled;
- the bank reports: payable → paid, or → returned; what it returns later: paid → returned;
- a returned payment is tried again or given up: returned → budget;
- money is paid back: paid → recovered. It is not spent again.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from internships.subsidies.enums import Account, JournalKind
from internships.subsidies.models import BudgetLine, Claim, Journal, LedgerEntry, PaymentBatch, Recovery
from wenxi_portal.accounts.models import User
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.money import money

# The two sides of each kind of movement.
SIDES: dict[JournalKind, tuple[Account, Account]] = {
    JournalKind.ALLOTTED: (Account.APPROPRIATION, Account.BUDGET),
    JournalKind.RESERVED: (Account.BUDGET, Account.PAYABLE),
    JournalKind.RELEASED: (Account.PAYABLE, Account.BUDGET),
    JournalKind.PAID: (Account.PAYABLE, Account.PAID),
    JournalKind.RETURNED: (Account.PAYABLE, Account.RETURNED),
    JournalKind.FREED: (Account.RETURNED, Account.BUDGET),
    JournalKind.RECOVERED: (Account.PAID, Account.RECOVERED),
}
# ``{lines}`` yields budget_line_id, claim_id, amount.
_MOVE = """
INSERT INTO subsidies_ledgerentry (journal_id, budget_line_id, claim_id, account, amount)
SELECT %(journal)s, moved.budget_line_id, moved.claim_id, side.account, side.sign * moved.amount
FROM ({lines}) AS moved
CROSS JOIN (VALUES (%(source)s, -1), (%(target)s, 1)) AS side (account, sign)
"""
_OF_BATCH = """
SELECT batch.budget_line_id, line.claim_id, line.amount
FROM subsidies_paymentline AS line JOIN subsidies_paymentbatch AS batch ON batch.id = line.batch_id
WHERE line.batch_id = %(batch)s AND (%(lines)s::bigint[] IS NULL OR line.id = ANY(%(lines)s))
"""
_BALANCE_OF_CLAIMS = """
SELECT budget_line_id, claim_id, sum(amount) AS amount FROM subsidies_ledgerentry
WHERE account = %(source)s AND claim_id = ANY(%(claims)s::bigint[])
GROUP BY budget_line_id, claim_id HAVING sum(amount) > 0
"""


@dataclass(frozen=True, slots=True)
class Movement:
    """So many yuan of a budget line, for a claim where it is for one."""

    budget_line: BudgetLine
    amount: Decimal
    claim: Claim | None = None


@transaction.atomic
def move(
    *, kind: JournalKind, movements: Iterable[Movement], actor: User | None, is_back: bool = False, **about: Any
) -> Journal:
    """Write one journal of ``kind``, the other way round for ``is_back``; ``about`` may name batch, document, note.

    Raises ``DomainError`` for an amount that is none, and when a budget line does not hold as much.
    """
    listed = list(movements)
    if not listed or any(not one.amount.is_finite() or one.amount <= 0 for one in listed):
        raise DomainError(_("An amount is more than zero."), code="amount", field="amount")
    journal = Journal.objects.create(kind=kind, actor=actor, **about)
    source, target = reversed(SIDES[kind]) if is_back else SIDES[kind]
    with never_overdrawn(listed[0].budget_line):
        LedgerEntry.objects.bulk_create(
            LedgerEntry(
                journal=journal, budget_line=one.budget_line, claim=one.claim, account=account, amount=sign * one.amount
            )
            for one in listed
            for account, sign in ((source, -1), (target, 1))
        )
    return journal


@transaction.atomic
def move_lines(
    *,
    kind: JournalKind,
    batch: PaymentBatch,
    actor: User | None,
    lines: Sequence[int] | None = None,
    source: Account | None = None,
    note: str = "",
) -> Decimal:
    """Move the amounts of a batch's lines (all of them, or those of the keys ``lines``) in one statement.

    ``source`` takes the place of the usual account: what the bank returns late had been paid. Returns the sum.
    """
    if lines is not None and not lines:
        return Decimal(0)
    values = {"batch": batch.pk, "lines": None if lines is None else list(lines)}
    with never_overdrawn(batch.budget_line):
        return _moved(kind, _OF_BATCH, values, actor=actor, batch=batch, source=source, note=note)


@transaction.atomic
def give_up(*, claims: Sequence[int], actor: User | None, note: str = "") -> Decimal:
    """Set free what the bank returned of ``claims`` (keys), whatever budget line it came from; return how much."""
    return _moved(JournalKind.FREED, _BALANCE_OF_CLAIMS, {"claims": list(claims)}, actor=actor, note=note)


@transaction.atomic
def recover(*, recovery: Recovery, actor: User | None) -> Journal:
    """Write down that the money of ``recovery`` came back, against the budget lines it was paid from."""
    left, movements = recovery.amount, []
    for line, balance in _paid_from(recovery.claim):
        part = min(left, balance)
        if part > 0:
            movements.append(Movement(line, part, recovery.claim))
            left -= part
    if left:
        raise DomainError(_("More is asked back than was paid."), code="amount", field="amount")
    return move(kind=JournalKind.RECOVERED, movements=movements, actor=actor, note=recovery.reason[:300])


@contextmanager
def never_overdrawn(line: BudgetLine) -> Iterator[None]:
    """Turn the database's refusal to overdraw ``line`` into a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "never_overdrawn" not in str(error):
            raise
        free = BudgetLine.objects.values_list("free", flat=True).get(pk=line.pk)
        raise DomainError(
            _("The budget line “%(line)s” holds %(free)s free, and that is not enough.")
            % {"line": line, "free": money(free)},
            code="budget",
        ) from error


def _moved(kind: JournalKind, lines: str, values: dict[str, Any], *, source: Account | None = None,
           **about: Any) -> Decimal:  # fmt: skip
    journal = Journal.objects.create(kind=kind, **about)
    usual, target = SIDES[kind]
    known = {**values, "journal": journal.pk, "source": (source or usual).value, "target": target.value}
    with connection.cursor() as cursor:
        cursor.execute(_MOVE.replace("{lines}", lines), known)
        cursor.execute(
            "SELECT coalesce(sum(amount), 0) FROM subsidies_ledgerentry WHERE journal_id = %s AND amount > 0",
            [journal.pk],
        )
        (total,) = cursor.fetchone()  # type: ignore[misc]
    return Decimal(total)


def _paid_from(claim: Claim) -> list[tuple[BudgetLine, Decimal]]:
    """Return what stands as paid for ``claim``, by budget line, newest first."""
    rows = LedgerEntry.objects.filter(claim=claim, account=Account.PAID).select_related("budget_line").order_by("-pk")
    found: dict[BudgetLine, Decimal] = {}
    for row in rows:
        found[row.budget_line] = found.get(row.budget_line, Decimal(0)) + row.amount
    return list(found.items())
