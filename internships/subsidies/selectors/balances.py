"""Balances of the ledger, by query: nowhere is a sum stored that could differ from its entries."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

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


def balances(lines: Iterable[BudgetLine]) -> dict[int, Balance]:
    """Return the balance of each budget line by its key."""
    keys = [line.pk for line in lines]
    rows = LedgerEntry.objects.filter(budget_line__in=keys).order_by().values_list("budget_line", "account")
    sums = {(line, account): amount for line, account, amount in rows.annotate(total=Sum("amount"))}

    def of(key: int, account: Account) -> Decimal:
        return sums.get((key, account), NOTHING)

    return {
        key: Balance(
            allotted=-of(key, Account.APPROPRIATION),
            free=of(key, Account.BUDGET),
            payable=of(key, Account.PAYABLE),
            paid=of(key, Account.PAID),
            returned=of(key, Account.RETURNED),
            recovered=of(key, Account.RECOVERED),
        )
        for key in keys
    }
