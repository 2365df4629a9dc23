"""Processes recorded by id *and* start time, so that a reused id is never mistaken for ours."""

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

# Servers that this very process started, kept so that their exit status is collected.
_children: dict[int, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True)
class ProcessMark:
    """A process id and the moment the process began, as the kernel tells it."""

    pid: int
    began: str

    def is_alive(self) -> bool:
        """Tell whether this very process (not a later one with its id) still runs."""
        found = mark(self.pid)
        if found is None and self.pid in _children:
            # Ended, and ours to collect: until then its id stays taken.
            _children.pop(self.pid).wait()
        return found == self

    def as_json(self) -> dict[str, object]:
        """Return the mark as it is written to a file."""
        return asdict(self)


def mark(pid: int) -> ProcessMark | None:
    """Return the mark of a running process, None when there is none (or only its remains)."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return ProcessMark(pid, _began(process))
    except psutil.Error:
        return None


def _began(process: psutil.Process) -> str:
    """Return boot and start tick on Linux, which no clock adjustment moves; else the start time in seconds."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        told = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8", errors="replace")
        # The program's name stands in parentheses and may hold anything; the 22nd field is the start.
        return f"{boot}:{told.rpartition(')')[2].split()[19]}"
    except (OSError, IndexError):
        return f"{process.create_time():.0f}"


def from_json(value: object) -> ProcessMark | None:
    """Read back what ``as_json`` wrote; None when it is something else."""
    if isinstance(value, dict) and isinstance(value.get("pid"), int) and isinstance(value.get("began"), str):
        return ProcessMark(value["pid"], value["began"])
    return None


def start(child: subprocess.Popen[bytes]) -> ProcessMark | None:
    """Take charge of a child just started; None when it has ended already."""
    _children[child.pid] = child
    return mark(child.pid)


def end(process: ProcessMark, signals: Sequence[signal.Signals], patience: float = 8.0) -> None:
    """Send the signals one after the other, each with ``patience`` seconds, until the process has ended."""
    for number in signals:
        if not process.is_alive():
            return
        try:
            os.kill(process.pid, number)
        except ProcessLookupError:
            return
        if _ended_within(process, patience):
            return


def _ended_within(process: ProcessMark, seconds: float) -> bool:
    """Wait until the process has ended, at most so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not process.is_alive():
            return True
        time.sleep(0.02)
    return False


def runs_with(pid: int, argument: str) -> bool:
    """Tell whether a process was started with exactly this command-line argument."""
    try:
        return argument in psutil.Process(pid).cmdline()
    except psutil.Error:
        return False
