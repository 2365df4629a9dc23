"""What waits for a member of staff: queues that the rooms declare and that are found by name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from wenxi_portal.core.counting import count_each
from wenxi_portal.core.rooms import modules_called

# The module of a room that declares ``queues(request)``.
MODULE = "admin.today"
# How many records of a queue the first page names.
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One waiting record: where it opens, what it is, and how urgent it is in words."""

    url: str
    title: str
    detail: str
    words: str
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A queue as a room declares it: ``rows``, oldest first, and how one of them becomes a line.

    Without a ``tone`` it is danger when a line is overdue, else warning; without a ``url`` the first line's opens.
    """

    title: str
    icon: str
    tone: str
    rows: QuerySet[Any]
    url: str
    line: Callable[[Any], Line]
    note: str = ""
    shown: int = SHOWN


@dataclass(frozen=True, slots=True)
class Queue:
    """Records that wait for the same thing; ``lines`` are the oldest of ``total``; ``note`` tells what is counted."""

    title: str
    icon: str
    tone: str
    total: int
    url: str
    lines: list[Line]
    note: str = ""


def waiting(request: HttpRequest) -> list[Queue]:
    """Return every queue that is not empty, of every room that declares some. A room's queues are counted at once."""
    return [queue for room in modules_called(MODULE) for queue in _counted(room.queues(request))]


def _counted(declared: Iterable[Waiting]) -> list[Queue]:
    every = list(declared)
    totals = count_each([one.rows for one in every])
    return [_drawn(one, total) for one, total in zip(every, totals, strict=True) if total]


def _drawn(declared: Waiting, total: int) -> Queue:
    lines = [declared.line(row) for row in declared.rows[: declared.shown]]
    tone = declared.tone or ("danger" if any(line.overdue for line in lines) else "warning")
    url = declared.url or (lines[0].url if lines else "")
    return Queue(declared.title, declared.icon, tone, total, url, lines, declared.note)
