"""Keys made once for a development portal and kept beside its data."""

import base64
import os
import secrets
from pathlib import Path


def kept(var: Path, name: str) -> str:
    """Return the key called ``name`` under ``var/keys``, making 32 random bytes (base64) on first use."""
    path = var / "keys" / name
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        pass
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = path.with_name(f".{name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(base64.b64encode(secrets.token_bytes(32)).decode("ascii"))
    try:
        # A hard link never replaces: of two processes that start together, one key wins.
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text(encoding="ascii")


def known(var: Path, name: str) -> str:
    """Return the key called ``name`` when it has been made already, else nothing."""
    try:
        return (var / "keys" / name).read_text(encoding="ascii")
    except OSError:
        return ""
