"""The budget lines of a year at a glance: free, reserved, paid, returned."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from internships.subsidies.models import BudgetLine
from internships.subsidies.selectors.balances import balance_of, with_balances
from wenxi_portal.core.admin.charts import Bar, bars
from wenxi_portal.core.money import money


def dashboard(year: int) -> dict[str, Any]:
    """Return bars and table of the budget lines of ``year``; demo money counts only where the portal is a demo."""
    lines = BudgetLine.objects.filter(year=year).order_by("code")
    if not settings.PORTAL_DEMO:
        lines = lines.filter(is_demo=False)
    told = [(line, balance_of(line)) for line in with_balances(lines)]
    return {"bars": _bars(told), "rows": told}


def _bars(told: list[tuple[BudgetLine, Any]]) -> list[Bar]:
    longest = max((balance.allotted for _line, balance in told), default=Decimal(0))
    rows = [
        (
            line.name,
            _("%(percent)d %% used") % {"percent": balance.used_percent},
            [
                (balance.paid + balance.recovered, "paid", f"{_('paid')}: {money(balance.paid)}"),
                (balance.payable, "reserved", f"{_('reserved')}: {money(balance.payable)}"),
                (balance.returned, "returned", f"{_('returned, waiting')}: {money(balance.returned)}"),
                (balance.free, "free", f"{pgettext('of money', 'free')}: {money(balance.free)}"),
            ],
        )
        for line, balance in told
    ]
    return bars(rows, full=longest or None)
