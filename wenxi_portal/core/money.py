"""Yuan as they are written everywhere."""

from decimal import Decimal


def money(amount: Decimal | str | int) -> str:
    """Return yuan as they are written everywhere: ¥1,500.00; below zero −¥1,500.00."""
    value = Decimal(amount)
    return f"{'−' if value < 0 else ''}¥{abs(value):,.2f}"
