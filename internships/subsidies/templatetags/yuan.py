"""Amounts in templates as they are written everywhere."""

from decimal import Decimal

from django import template

from internships.subsidies.selectors.explaining import money

register = template.Library()


@register.filter
def yuan(amount: Decimal | None) -> str:
    """Return ¥1,500.00; nothing for no amount."""
    return money(amount) if amount is not None else ""
