"""Where the embedded servers of a data folder listen. Used by the settings when no address is set."""

from pathlib import Path


def database_url(var: Path) -> str:
    """Return the address of the embedded PostgreSQL whose data folder is ``var``."""
    return "postgresql://portal@127.0.0.1:54320/portal"


def redis_url(var: Path) -> str:
    """Return the address of the embedded Valkey whose data folder is ``var``."""
    return "redis://127.0.0.1:63790/0"
