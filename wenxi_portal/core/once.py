"""What a page has read once and need not read again while it is being made."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Read = TypeVar("Read")
_memory: ContextVar[dict[Hashable, Any] | None] = ContextVar("memory_of_the_page", default=None)


def once(key: Hashable, read: Callable[[], Read]) -> Read:
    """Return what ``read`` returned under ``key`` before, while one page is made; anywhere else ``read`` is asked."""
    memory = _memory.get()
    if memory is None:
        return read()
    if key not in memory:
        memory[key] = read()
    found: Read = memory[key]
    return found


@contextmanager
def memory() -> Iterator[None]:
    """Remember what is read until the block ends."""
    opened = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(opened)
