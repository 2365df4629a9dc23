"""What is open in somebody's name and must go to somebody else before the account is closed.

"Nothing open may belong to a disabled account": each room declares its share in ``<room>/belongings.py``, which is
found by name.
"""

from dataclasses import dataclass

from wenxi_portal.accounts.models import User
from wenxi_portal.core.rooms import modules_called

# The module of a room that declares ``belongings(user, organisation_id)``.
MODULE = "belongings"


@dataclass(frozen=True, slots=True)
class Belonging:
    """So many things of one sort, in words, and the address where they are handed over."""

    words: str
    url: str


def belongings_of(user: User, *, organisation_id: int | None = None) -> list[Belonging]:
    """Return what is open in the name of ``user``; with ``organisation_id`` only what belongs to that unit's work."""
    # This module, which bears the same name, declares nothing.
    rooms = [room for room in modules_called(MODULE) if room.__name__ != __name__]
    return [each for room in rooms for each in room.belongings(user, organisation_id)]
