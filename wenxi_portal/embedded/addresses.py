"""Where the embedded servers of a data folder listen. Used by the settings when no address is set.

Reads only: settings are loaded in places where nothing may be written. Before the first start there is nothing to
tell, and the address names a port on which nobody listens.
"""

from pathlib import Path
from urllib.parse import quote

from wenxi_portal.embedded import ports, secrets, state

_NOBODY_LISTENS = 1


def database_url(var: Path) -> str:
    """Return the address of the embedded PostgreSQL whose data folder is ``var``."""
    port = state.read(var).postgresql.port or _NOBODY_LISTENS
    password = quote(secrets.known(var, "database-password"), safe="")
    return f"postgresql://portal:{password}@{ports.LOOPBACK}:{port}/portal"


def redis_url(var: Path) -> str:
    """Return the address of the embedded Valkey whose data folder is ``var``."""
    port = state.read(var).valkey.port or _NOBODY_LISTENS
    password = quote(secrets.known(var, "valkey-password"), safe="")
    return f"redis://:{password}@{ports.LOOPBACK}:{port}/0"
