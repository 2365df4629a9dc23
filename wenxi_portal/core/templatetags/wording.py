"""The marks of ``core.wording`` in templates."""

from collections.abc import Iterable
from typing import Any

from django import template

from wenxi_portal.core import wording

register = template.Library()
register.simple_tag(wording.comma)
register.simple_tag(wording.semicolon)
register.simple_tag(wording.colon)


@register.filter
def word_list(words: Iterable[Any]) -> str:
    """Return ``words`` as a list in the reader's language."""
    return wording.word_list(words)
