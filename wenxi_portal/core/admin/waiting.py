"""What waits for a member of staff: queues that the rooms declare and that are found by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.http import HttpRequest

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
    return [queue for room in _rooms() for queue in room.queues(request) if queue.total]


def _rooms() -> Iterator[Any]:
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.admin") and _is_package(f"{config.name}.admin"):
            name = f"{config.name}.{MODULE}"
            if find_spec(name):
                yield import_module(name)


def _is_package(name: str) -> bool:
    spec = find_spec(name)
    return spec is not None and spec.submodule_search_locations is not None
