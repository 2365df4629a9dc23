"""Balances of the ledger, by query: nowhere is a sum stored that could differ from its entries."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from internships.subsidies.enums import Account
from internships.subsidies.models import BudgetLine, LedgerEntry

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Balance:
    """Where the money of a budget line stands, in yuan."""

    allotted: Decimal
    free: Decimal
    payable: Decimal
    paid: Decimal
    returned: Decimal
    recovered: Decimal

    @property
    def used_percent(self) -> int:
        """How much of what was allotted is reserved, paid or waits to be paid again, in whole percent."""
        if not self.allotted:
            return 0
        return int((self.allotted - self.free) * 100 / self.allotted)


def with_balances(lines: QuerySet[BudgetLine]) -> QuerySet[BudgetLine]:
    """Add the sum of each account to budget lines."""
    sums = LedgerEntry.objects.filter(budget_line=OuterRef("pk")).order_by().values("budget_line")
    return lines.annotate(
        **{
            f"sum_{account.value}": Coalesce(
                Subquery(sums.filter(account=account).annotate(total=Sum("amount")).values("total")), NOTHING
            )
            for account in Account
        }
    )


def balance_of(line: BudgetLine) -> Balance:
    """Return the balance of a line that ``with_balances`` has loaded."""
    row: Any = line
    return Balance(
        allotted=-row.sum_appropriation,
        free=row.sum_budget,
        payable=row.sum_payable,
        paid=row.sum_paid,
        returned=row.sum_returned,
        recovered=row.sum_recovered,
    )
