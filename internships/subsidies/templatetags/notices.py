"""How public notices write months and references."""

from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def plain_number(number: Decimal) -> str:
    """Return months without needless zeros: 2, 1.5."""
    return f"{number.normalize():f}"


@register.filter
def grouped(reference: str) -> str:
    """Return a reference as it is read aloud: four signs at a time."""
    return "-".join(reference[at : at + 4] for at in range(0, len(reference), 4))
