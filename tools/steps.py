"""Numbered steps with their durations, told while they happen. Standard library only: the set-up uses it too."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

TOTAL = 9


def say(text: str) -> None:
    """Print a line at once, also when the output goes to a file."""
    print(text, flush=True)


@contextmanager
def step(number: int, title: str) -> Iterator[None]:
    """Announce a step and tell how long it took."""
    begun = time.monotonic()
    if sys.stdout.isatty():
        print(f"[{number}/{TOTAL}] {title} …", end="\r", flush=True)
    yield
    say(f"[{number}/{TOTAL}] {title}: {time.monotonic() - begun:.1f} s")
