"""The ladders of every room, by name."""

from typing import TypeVar

from wenxi_portal.core.rooms import modules_called
from wenxi_portal.notifications import kinds
from wenxi_portal.reminders.ladders import Ladder

MODULE = "reminders"
AnyLadder = TypeVar("AnyLadder", bound=type[Ladder])
_ladders: dict[str, Ladder] = {}


def ladder(declared: AnyLadder) -> AnyLadder:
    """Class decorator: make a ladder known, and the kind of message it sends."""
    one = declared()
    if one.name in _ladders:
        raise ValueError(f"The ladder {one.name} is declared twice.")
    _ladders[one.name] = one
    kinds.declare(
        kinds.MessageKind(
            name=one.name,
            label=one.label,
            subject=one.subject,
            body=one.body,
            url=one.url,
            inside=one.inside,
            usual=one.channels,
            mandatory=one.mandatory,
            urgent=one.urgent,
            for_staff=one.for_staff,
        )
    )
    return declared


def ladders() -> list[Ladder]:
    """Return every ladder, in the order of declaration."""
    return list(_ladders.values())


def find(name: str) -> Ladder | None:
    """Return the ladder of that name; None when no room declares it any more."""
    return _ladders.get(name)


def discover() -> None:
    """Read the ``reminders`` module of every room."""
    modules_called(MODULE)
