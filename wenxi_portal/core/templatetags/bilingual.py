"""Texts of a record in the reader's language."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from wenxi_portal.core.bilingual import marked_name

register = template.Library()


@register.filter
def marked(record: Any, field: str) -> str | SafeString:
    """Return the field, in English where ``<field>_en`` is on file; a Chinese text on an English page is marked."""
    return marked_name(getattr(record, field), getattr(record, f"{field}_en"))
