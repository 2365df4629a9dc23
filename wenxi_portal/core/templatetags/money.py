"""Yuan in templates."""

from decimal import Decimal

from django import template

from wenxi_portal.core.money import money

register = template.Library()


@register.filter
def yuan(amount: Decimal | str | None) -> str:
    """Return ¥1,500.00, with a minus in front where there is one; nothing for nothing."""
    return "" if amount is None else money(amount)
