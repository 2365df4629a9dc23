"""Data folders with embedded servers of their own, for tests that start, kill and repair them."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wenxi_portal.embedded import processes, servers
from wenxi_portal.embedded.state import ServersState

StartServers = Callable[..., ServersState]


@pytest.fixture
def start_servers() -> Iterator[StartServers]:
    """Return ``start_servers(var, durable=False)``; what it started is ended and removed with the test."""
    started: set[Path] = set()

    def start(var: Path, *, durable: bool = False) -> ServersState:
        started.add(var)
        return servers.start(var, durable=durable, owner=processes.mark(os.getpid()))

    yield start
    for var in started:
        servers.erase(var)
