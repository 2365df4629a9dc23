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
from wenxi_portal.core.wording import labelled


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
                _piece(balance.paid + balance.recovered, "paid", _("paid"), balance.paid),
                _piece(balance.payable, "reserved", _("reserved"), balance.payable),
                _piece(balance.returned, "returned", _("returned, waiting"), balance.returned),
                _piece(balance.free, "free", pgettext("of money", "free"), balance.free),
            ],
        )
        for line, balance in told
    ]
    return bars(rows, full=longest or None)


def _piece(length: Decimal, look: str, word: str, amount: Decimal) -> tuple[Decimal, str, str]:
    return length, look, labelled(word, money(amount))
