"""A published guide inside another page, so that what the office wrote stands in one place."""

from typing import Any

from django import template

from wenxi_portal.core.bilingual import is_english
from wenxi_portal.pages.models import Guide
from wenxi_portal.pages.selectors.guides import elements

register = template.Library()


@register.simple_tag
def published_guide(slug: str) -> Any:
    """Return the published guide of that address with its ``elements``, None when there is none."""
    guide = Guide.objects.public().filter(slug=slug).first()
    if guide is not None:
        guide.elements = elements(guide, english=is_english())
    return guide
