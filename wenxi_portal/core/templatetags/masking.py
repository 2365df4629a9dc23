"""Personal data in templates: ``{{ number|masked_mobile }}``."""

from django import template

from wenxi_portal.core.masking import mask_mobile

register = template.Library()


@register.filter
def masked_mobile(mobile: str | None) -> str:
    """Return ``138****1234``; nothing for nothing."""
    return mask_mobile(mobile) if mobile else ""
