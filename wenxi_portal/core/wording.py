"""Words joined into lists, sentences and labels with the marks of the reader's language."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

MORE = "…"


def comma() -> str:
    """Return the mark between names: “, ”, in Chinese “、”."""
    return pgettext("between names", ", ")


def semicolon() -> str:
    """Return the mark between parts of a sentence: “; ”, in Chinese “；”."""
    return pgettext("between parts of a sentence", "; ")


def colon() -> str:
    """Return the mark after a label: “: ”, in Chinese “：”."""
    return pgettext("after a label", ": ")


def word_list(words: Iterable[Any]) -> str:
    """Return ``words`` as a list in plain text."""
    return comma().join(map(str, words))


def marked_list(words: Iterable[str | SafeString]) -> SafeString:
    """Return ``words``, of which some may be markup, as a list in markup."""
    return format_html_join(comma(), "{}", ((word,) for word in words))


def part_list(parts: Iterable[Any]) -> str:
    """Return longer ``parts`` that may hold lists themselves, one after the other, in plain text."""
    return semicolon().join(map(str, parts))


def some_of(words: Sequence[Any], most: int) -> str:
    """Return the first ``most`` of ``words`` as a list, and a mark when there are more."""
    return word_list(words[:most]) + (MORE if len(words) > most else "")


def labelled(label: Any, value: Any) -> str:
    """Return ``value`` behind its label, in plain text."""
    return f"{label}{colon()}{value}"
