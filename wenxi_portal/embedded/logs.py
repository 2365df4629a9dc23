"""The log files of the embedded servers, under ``log/`` in the data folder."""

from pathlib import Path
from typing import BinaryIO

_LIMIT = 5 * 1024 * 1024


def opened(var: Path, name: str) -> BinaryIO:
    """Open a server's log for appending; one that has grown past 5 MB starts anew, the old one is kept once."""
    folder = var / "log"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{name}.log"
    if path.exists() and path.stat().st_size > _LIMIT:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


def last_line(var: Path, name: str) -> str:
    """Return the last line a server wrote, and where to read more."""
    path = var / "log" / f"{name}.log"
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        lines = []
    return f"{lines[-1] if lines else 'it said nothing'} (see {path})"
