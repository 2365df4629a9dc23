"""What is open in somebody's name and must go to somebody else before the account is closed.

"Nothing open may belong to a disabled account": each room declares its share in ``<room>/belongings.py``, which is
found by name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from wenxi_portal.accounts.models import User

# The module of a room that declares ``belongings(user, organisation_id)``.
MODULE = "belongings"


@dataclass(frozen=True, slots=True)
class Belonging:
    """So many things of one sort, in words, and the address where they are handed over."""

    words: str
    url: str


def belongings_of(user: User, *, organisation_id: int | None = None) -> list[Belonging]:
    """Return what is open in the name of ``user``; with ``organisation_id`` only what belongs to that unit's work."""
    return [each for room in _rooms() for each in room.belongings(user, organisation_id)]


def _rooms() -> Iterator[Any]:
    for config in apps.get_app_configs():
        name = f"{config.name}.{MODULE}"
        # This module, which bears the same name, declares nothing.
        if name != __name__ and find_spec(name):
            yield import_module(name)
