"""Throw-away PostgreSQL and Valkey for one run of the suite.

The controlling process starts them before Django reads its settings; the workers of pytest-xdist inherit their
addresses. TEST_DATABASE_URL and TEST_REDIS_URL name servers to use instead. Leftovers of a run that was killed are
ended and removed by the next one.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection
from execnet import XSpec

from wenxi_portal.embedded import addresses, processes, servers, state

_PREFIX = "wenxi-tests-"
_running: list[Path] = []


def provide() -> None:
    """Set DATABASE_URL, REDIS_URL and PORTAL_VAR for this process."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _start()


def divide(workers: Iterable[XSpec]) -> None:
    """Give each worker a cache of its own, as it has a database of its own.

    The address must stand in the worker's environment from the start: its settings are loaded before any test file.
    """
    for number, worker in enumerate(workers):
        worker.env["REDIS_URL"] = _numbered(os.environ["REDIS_URL"], 1 + number % 15)


def withdraw() -> None:
    """End and remove the servers that this process started."""
    while _running:
        var = _running.pop()
        servers.erase(var)
        shutil.rmtree(var, ignore_errors=True)


def scratch_database_url() -> str:
    """Return the address of the database that this process tests on, for a process of its own."""
    name = connection.settings_dict["NAME"]
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def _start() -> None:
    """Start what the developer did not name, in a temporary folder."""
    _sweep()
    var = Path(tempfile.mkdtemp(prefix=_PREFIX)).resolve()
    _running.append(var)
    atexit.register(withdraw)
    database, broker = os.environ.get("TEST_DATABASE_URL"), os.environ.get("TEST_REDIS_URL")
    owner = processes.mark(os.getpid())
    servers.start(var, database=not database, broker=not broker, durable=False, owner=owner)
    os.environ["DATABASE_URL"] = database or addresses.database_url(var)
    os.environ["REDIS_URL"] = broker or addresses.redis_url(var)
    os.environ["PORTAL_VAR"] = str(var)


def _sweep() -> None:
    """End the servers of runs that were killed, and remove their folders."""
    for var in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        found = var.lstat()
        is_ours = found.st_uid == os.geteuid() and not var.is_symlink()
        if is_ours and servers.is_orphaned(state.read(var)):
            servers.erase(var)
            shutil.rmtree(var, ignore_errors=True)


def _numbered(url: str, number: int) -> str:
    """Return the address of another numbered database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{number}"))
