"""What each room has on file about an account: a copy for its owner, and erasing what no duty keeps.

Each room declares its share in ``<room>/own_data.py``, which is found by name: ``parts(user)``, ``kept(user)`` and
``erase(user)``.
"""

from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from django.db import transaction

from wenxi_portal.accounts.models import User
from wenxi_portal.core.rooms import modules_called

MODULE = "own_data"


@dataclass(frozen=True, slots=True)
class Part:
    """What is on file under one heading, as label and value; numbers are masked. ``url`` is where it is changed."""

    title: str
    rows: list[tuple[str, Any]] = field(default_factory=list)
    url: str = ""


def parts_of(user: User) -> list[Part]:
    """Return what every room has on file about ``user``; headings with nothing below are left out."""
    return [part for room in _rooms() for part in room.parts(user) if part.rows]


def kept_of(user: User) -> list[str]:
    """Return what stays although ``user`` asks to have it erased, each with the reason."""
    return [words for room in _rooms() for words in room.kept(user)]


@transaction.atomic
def erase_of(user: User) -> None:
    """Erase in every room what no duty keeps."""
    for room in _rooms():
        room.erase(user)


def _rooms() -> list[ModuleType]:
    # This module, which bears the same name, declares nothing.
    return [room for room in modules_called(MODULE) if room.__name__ != __name__]
