"""Small files that remember from which inputs something was made, so that it is not made again."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(paths: Iterable[Path], *words: str) -> str:
    """Return one hash over words and over the names and contents of files, folders with all they hold."""
    total = hashlib.sha256("\0".join(words).encode())
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                total.update(str(file.relative_to(path.parent)).encode() + b"\0")
                total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def holds(stamp: Path, value: str) -> bool:
    """Tell whether the stamp was set for these inputs."""
    try:
        return stamp.read_text(encoding="ascii") == value
    except OSError:
        return False


def put(stamp: Path, value: str) -> None:
    """Set the stamp, once the thing is made."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value, encoding="ascii")
