"""What waits for a member of staff: queues that the rooms declare and that are found by name."""

from dataclasses import dataclass

from django.http import HttpRequest

from wenxi_portal.core.rooms import modules_called

# The module of a room that declares ``queues(request)``.
MODULE = "admin.today"


@dataclass(frozen=True, slots=True)
class Line:
    """One waiting record: where it opens, what it is, and how urgent it is in words."""

    url: str
    title: str
    detail: str
    words: str
    overdue: bool = False


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
    """Return every queue that is not empty, of every room that declares some."""
    return [queue for room in modules_called(MODULE) for queue in room.queues(request) if queue.total]
