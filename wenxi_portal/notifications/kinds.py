"""What can be told: kinds of message, declared by the rooms in ``<room>/notifications.py`` and found by name.

A message keeps the name of its kind and a few values (``params``); the words are made when somebody reads it, in the
reader's language. Values hold what the sentence needs and no personal data beyond it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wenxi_portal.accounts.models import User
from wenxi_portal.core.rooms import modules_called
from wenxi_portal.notifications.enums import Channel

MODULE = "notifications"
Params = Mapping[str, Any]
Words = str | Promise


def _nowhere(_params: Params) -> str:
    return ""


def _nothing(_params: Params, _reader: User) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class MessageKind:
    """One kind of message.

    ``subject`` and ``body`` return words for ``params``; ``url`` the path where the matter stands (empty: none).
    ``inside`` returns what only the inbox adds, behind the sign-in: it may name a person, and asks whether the reader
    may still see the record. ``usual`` are the channels used unless the person says otherwise. A ``mandatory`` kind
    always reaches the inbox; an ``urgent`` one neither waits for the digest nor for the end of quiet hours. One that is
    ``for_staff`` is told to staff alone, and nobody else is asked about it.
    """

    name: str
    label: Words
    subject: Callable[[Params], str]
    body: Callable[[Params], str]
    url: Callable[[Params], str] = _nowhere
    inside: Callable[[Params, User], str] = _nothing
    usual: frozenset[Channel] = field(default=frozenset({Channel.INBOX, Channel.EMAIL}))
    mandatory: bool = False
    urgent: bool = False
    for_staff: bool = False
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Area:
    """Kinds that belong together for whoever chooses how to be told: those whose words stand in ``modules``."""

    label: Words
    modules: tuple[str, ...]

    def holds(self, kind: MessageKind) -> bool:
        """Tell whether the kind belongs here."""
        return kind.subject.__module__ in self.modules


_kinds: dict[str, MessageKind] = {}
_areas: list[Area] = []


def declare(kind: MessageKind) -> MessageKind:
    """Make a kind known; a second one of the same name is refused."""
    if kind.name in _kinds:
        raise ValueError(f"The kind of message {kind.name} is declared twice.")
    _kinds[kind.name] = kind
    return kind


def area(label: Words, *modules: str) -> None:
    """Let the kinds declared in ``modules`` be chosen under one heading."""
    _areas.append(Area(label, modules))


def by_area(kinds: Iterable[MessageKind]) -> list[tuple[Words, list[MessageKind]]]:
    """Return the kinds under their headings, areas in the order of declaration; what belongs to none comes last."""
    wanted = list(kinds)
    found = [(each.label, [kind for kind in wanted if each.holds(kind)]) for each in _areas]
    rest = [kind for kind in wanted if not any(each.holds(kind) for each in _areas)]
    return [(label, held) for label, held in [*found, (_("Other matters"), rest)] if held]


def find(name: str) -> MessageKind | None:
    """Return the kind of that name; None when no room declares it any more."""
    return _kinds.get(name)


def all_kinds() -> list[MessageKind]:
    """Return every kind a person may have an opinion about, in the order of declaration."""
    return [kind for kind in _kinds.values() if kind.shown]


def kinds_for(user: User) -> list[MessageKind]:
    """Return the kinds that may concern ``user``."""
    return [kind for kind in all_kinds() if user.is_staff or not kind.for_staff]


def discover() -> None:
    """Read the ``notifications`` module of every room."""
    modules_called(MODULE)
