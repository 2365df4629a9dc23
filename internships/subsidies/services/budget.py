"""The money of a year: budget lines, and what is allotted to them on paper."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from internships.subsidies.enums import JournalKind
from internships.subsidies.models import BudgetLine, Journal
from internships.subsidies.services.ledger import Movement, move
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

# No county line of this programme comes near it: a figure above is a slip of the pen.
MOST_ALLOTTED = Decimal(100_000_000)


@transaction.atomic
def open_budget_line(*, year: int, code: str, name: str, actor: User | None, is_demo: bool = False) -> BudgetLine:
    """Open a line without money. Raises ``ValidationError`` when the year has this code already."""
    line = BudgetLine(year=year, code=code.strip(), name=name.strip(), is_demo=is_demo)
    line.full_clean()
    line.save()
    record(actor=actor, verb=Verb.CREATED, subject=line)
    return line


@transaction.atomic
def allot(*, budget_line: BudgetLine, amount: Decimal, document: str, actor: User | None, note: str = "") -> Journal:
    """Enter what the county allots to a line, in yuan, with the document that says so.

    Raises ``DomainError`` for an absurd amount or without a document.
    """
    return _entered(budget_line, amount, document, actor, note, is_back=False)


@transaction.atomic
def cut(*, budget_line: BudgetLine, amount: Decimal, document: str, actor: User | None, note: str = "") -> Journal:
    """Take back in yuan what was allotted too much, or is cut, with the document that says so.

    Raises ``DomainError`` for an absurd amount, without a document, and for more than is free.
    """
    return _entered(budget_line, amount, document, actor, note, is_back=True)


def _entered(
    budget_line: BudgetLine, amount: Decimal, document: str, actor: User | None, note: str, *, is_back: bool
) -> Journal:
    line = lock(budget_line)
    if not document.strip():
        raise DomainError(_("Name the document that allots the money."), code="document", field="document")
    if not amount.is_finite() or not 0 < amount <= MOST_ALLOTTED or amount != amount.quantize(Decimal("0.01")):
        raise DomainError(
            _("An amount in yuan with at most two decimals, more than 0 and at most 100,000,000."),
            code="amount",
            field="amount",
        )
    journal = move(
        kind=JournalKind.ALLOTTED,
        movements=[Movement(line, amount)],
        actor=actor,
        is_back=is_back,
        document=document.strip()[:120],
        note=note.strip()[:300],
    )
    # What was allotted is an edit of the line; reminders about it begin again.
    line.save(update_fields=["updated_at"])
    record(actor=actor, verb=Verb.CHANGED, subject=line, reason=document, allotted=str(-amount if is_back else amount))
    return journal
