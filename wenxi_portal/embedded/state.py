"""The small file in the data folder that remembers which embedded servers run there, and on which port."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from wenxi_portal.embedded.processes import ProcessMark, from_json

FILE_NAME = "servers.json"


@dataclass(frozen=True)
class ServerState:
    """One server: the port it listens (or last listened) on, and its process if it was started."""

    port: int = 0
    process: ProcessMark | None = None

    def is_alive(self) -> bool:
        """Tell whether the recorded process still runs."""
        return self.process is not None and self.process.is_alive()


@dataclass(frozen=True)
class ServersState:
    """Both servers, and the process on whose behalf they run (None: until somebody stops them)."""

    postgresql: ServerState = field(default_factory=ServerState)
    valkey: ServerState = field(default_factory=ServerState)
    owner: ProcessMark | None = None


def read(var: Path) -> ServersState:
    """Return what is remembered; an absent or unreadable file remembers nothing."""
    try:
        found = json.loads((var / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ServersState()
    if not isinstance(found, dict):
        return ServersState()
    return ServersState(_server(found.get("postgresql")), _server(found.get("valkey")), from_json(found.get("owner")))


def _server(value: object) -> ServerState:
    """Read one server's part."""
    if not isinstance(value, dict) or not isinstance(value.get("port"), int):
        return ServerState()
    return ServerState(value["port"], from_json(value.get("process")))


def update(var: Path, **changes: ServerState | ProcessMark | None) -> ServersState:
    """Change parts of what is remembered; readers see the old file or the new one, never a half."""
    state = replace(read(var), **changes)  # type: ignore[arg-type]
    content = {
        "postgresql": _as_json(state.postgresql),
        "valkey": _as_json(state.valkey),
        "owner": state.owner.as_json() if state.owner else None,
    }
    fresh = var / f".{FILE_NAME}.{os.getpid()}"
    fresh.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    fresh.replace(var / FILE_NAME)
    return state


def _as_json(server: ServerState) -> dict[str, object]:
    """Return one server's part as it is written."""
    return {"port": server.port, "process": server.process.as_json() if server.process else None}


@contextmanager
def locked(var: Path) -> Iterator[None]:
    """Let one process at a time start or stop the servers of this data folder."""
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (var / "servers.lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
