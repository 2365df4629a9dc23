"""Everything about a person beside the form, each part under a tab of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

# What stands in the address, the tab's words, and what is counted beside them (names of ``next_to``).
_PARTS: tuple[tuple[str, str | Promise, tuple[str, ...]], ...] = (
    ("contacts", _("Contacts and next steps"), ("contacts",)),
    ("databases", _("Databases"), ("memberships", "proposals")),
    ("network", _("Channels and introductions"), ("channels", "received", "made")),
    ("agreements", _("Flexible agreements"), ("flexible",)),
    ("way", _("How it came here"), ()),
)


@dataclass(frozen=True, slots=True)
class PersonTab:
    """A part of the page in the form in which the theme takes what stands under a tab (its "dataset").

    The theme calls the key ``model_name``, and shows the part while the tab ``dataset-<key>`` is open. Without script
    nothing is hidden: the parts stand one under the other.
    """

    model_name: str
    title: str
    contents: SafeString = field(repr=False)
    tab: bool = True


def tabs_of(request: HttpRequest, context: Mapping[str, Any]) -> list[PersonTab]:
    """Return the parts of the page; ``context`` holds the person as ``original`` and everything of ``next_to``."""
    return [_tab(request, context, *part) for part in _PARTS]


def _tab(
    request: HttpRequest, context: Mapping[str, Any], key: str, words: str | Promise, counted: tuple[str, ...]
) -> PersonTab:
    # Counted by length: the part shows the same rows, which are fetched once.
    number = sum(len(context[name]) for name in counted)
    part = {"model_name": key, "title": words, "template": f"admin/talent/parts/{key}.html"}
    contents = render_to_string("admin/talent/person_part.html", {**context, "part": part}, request=request)
    return PersonTab(key, f"{words} {number}" if number else str(words), contents)
