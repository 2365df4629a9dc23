"""Which run holds a data folder, and the repair of one that was killed.

A run holds a lock for as long as it lives: the system drops it with the process, however that ends. All processes
of a run carry the run's random token in their environment, so that whatever a killed run left behind is known for
certain, whoever its parent is by then.
"""

import fcntl
import json
import os
import secrets
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psutil

from tools.launch.failures import LaunchError
from wenxi_portal.embedded import processes
from wenxi_portal.embedded.processes import ProcessMark

TOKEN = "PORTAL_RUN_TOKEN"  # noqa: S105 (the variable's name)
_FILE_NAME = "run.json"
_PATIENCE_SECONDS = 25.0
_TERM_SECONDS = 6.0


@contextmanager
def held(var: Path) -> Iterator[str]:
    """Hold the data folder for this run; yields the run's token. Raises ``LaunchError`` when another run holds it."""
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (var / "run.lock").open("w") as lock:
        _take(lock, var)
        end_processes_of(_read(var).get("token"))
        token = secrets.token_hex(16)
        _write(var, token)
        try:
            yield token
        finally:
            end_processes_of(token)
            (var / _FILE_NAME).unlink(missing_ok=True)


def end_processes_of(token: object) -> None:
    """End every process that carries the token, and wait until each has ended."""
    found = [process for process in psutil.process_iter() if _carries(process, token)]
    for process in found:
        _send(process, signal.SIGTERM)
    _ended, alive = psutil.wait_procs(found, timeout=_TERM_SECONDS)
    for process in alive:
        _send(process, signal.SIGKILL)
    psutil.wait_procs(alive, timeout=_TERM_SECONDS)


def _carries(process: psutil.Process, token: object) -> bool:
    """Tell whether a process belongs to the run; ourselves aside."""
    try:
        return bool(token) and process.pid != os.getpid() and process.environ().get(TOKEN) == token
    except (psutil.Error, OSError):
        return False


def _send(process: psutil.Process, number: signal.Signals) -> None:
    """Send a signal; a process that has ended meanwhile is what we want."""
    try:
        process.send_signal(number)
    except psutil.Error:
        return


def _take(lock: IO[str], var: Path) -> None:
    """Take the lock; a run whose ``make`` was killed is told to end first."""
    if _locked(lock):
        return
    holder, parent = (processes.from_json(_read(var).get(key)) for key in ("launcher", "parent"))
    if holder is None or parent is None or parent.is_alive():
        raise LaunchError(_already_running(holder))
    _ask_to_end(holder)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if _locked(lock):
            return
        time.sleep(0.1)
    raise LaunchError(_already_running(holder))


def _locked(lock: IO[str]) -> bool:
    """Try to take the lock."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _ask_to_end(holder: ProcessMark) -> None:
    """Ask a run that nobody looks after any more to end."""
    if holder.is_alive():
        os.kill(holder.pid, signal.SIGTERM)


def _already_running(holder: ProcessMark | None) -> str:
    """Return the sentence for a data folder in use."""
    process = f" (process {holder.pid})" if holder else ""
    return f"The portal already runs on this data folder{process}; stop it, or choose another PORTAL_VAR and PORT."


def _read(var: Path) -> dict[str, object]:
    """Return what the last run wrote."""
    try:
        found = json.loads((var / _FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(var: Path, token: str) -> None:
    """Write down who we are; only for a run under ``make`` does the parent matter."""
    ours = processes.mark(os.getpid())
    parent = processes.mark(os.getppid()) if "MAKELEVEL" in os.environ else None
    content = {
        "launcher": ours.as_json() if ours else None,
        "parent": parent.as_json() if parent else None,
        "token": token,
    }
    path = var / _FILE_NAME
    path.touch(mode=0o600)
    path.write_text(json.dumps(content), encoding="utf-8")
