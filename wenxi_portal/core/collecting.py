"""The collector of cycles at rest while rows are made by the thousand: it would look through all of them each time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Pause the collector for a deed of bounded length that makes rows by the thousand and hardly a cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
