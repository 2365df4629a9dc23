"""Starting and stopping the embedded PostgreSQL of one data folder."""

import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg
from psycopg import sql

from wenxi_portal.embedded import ground, logs, ports, processes, secrets, state
from wenxi_portal.embedded.failures import EmbeddedError
from wenxi_portal.embedded.ground import Ground
from wenxi_portal.embedded.processes import ProcessMark
from wenxi_portal.embedded.state import ServerState

NAME = "portal"
_KEEPER = "keeper"
_START_SECONDS = 60.0
# Fast, then immediate shutdown, then the hard way; a smart one would wait for every client.
_SIGNALS = (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)

_SETTINGS = {
    "listen_addresses": ports.LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "effective_cache_size": "512MB",
    "maintenance_work_mem": "64MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
}
# A throw-away server forgets everything anyway.
_THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


def start(var: Path, *, durable: bool) -> ServerState:
    """Start the server and remember it; a recorded one that still runs must have been stopped before."""
    place = ground.prepare(var)
    _end_unrecorded(place.data)
    if not (place.data / "PG_VERSION").exists():
        _initialise(var, place, durable=durable)
    for _attempt in range(3):
        port = ports.choose(state.read(var).postgresql.port)
        process = _launch(var, place, port, durable=durable)
        if process is not None:
            server = ServerState(port, process)
            state.update(var, postgresql=server)
            if _is_ready(var, server):
                _make_database(var, port)
                return server
    raise EmbeddedError(f"The embedded PostgreSQL did not start: {logs.last_line(var, 'postgresql')}")


def stop(server: ServerState) -> None:
    """Stop the server, waiting until its process has ended."""
    if server.process is not None:
        processes.end(server.process, _SIGNALS)


def _initialise(var: Path, place: Ground, *, durable: bool) -> None:
    """Make an empty UTF-8 cluster that asks everybody for a password."""
    shutil.rmtree(place.data, ignore_errors=True)
    password_file = place.home / "password"
    password_file.touch(mode=0o600)
    place.own(password_file)
    password_file.write_text(secrets.kept(var, "database-keeper-password"), encoding="ascii")
    # The built-in locale knows every script and sorts alike on every machine; pinyin has columns of its own.
    command = [
        place.binaries / "initdb", "--pgdata", place.data, "--username", _KEEPER, "--pwfile", password_file,
        "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin",
        "--builtin-locale", "C.UTF-8", "--no-instructions", *([] if durable else ["--no-sync"]),
    ]  # fmt: skip
    try:
        with logs.opened(var, "postgresql") as log:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False, **place.identity(),  # type: ignore[call-overload]
            )  # fmt: skip
    finally:
        password_file.unlink()
    if done.returncode:
        raise EmbeddedError(f"The embedded PostgreSQL cannot be set up: {logs.last_line(var, 'postgresql')}")


def _launch(var: Path, place: Ground, port: int, *, durable: bool) -> ProcessMark | None:
    """Run the server in a session of its own, so that Ctrl-C reaches it only through us."""
    settings = _SETTINGS | {"port": str(port)} | ({} if durable else _THROW_AWAY)
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with logs.opened(var, "postgresql") as log:
        child = subprocess.Popen(
            [place.binaries / "postgres", "-D", place.data, *options],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **place.identity(),  # type: ignore[call-overload]
        )  # fmt: skip
    return processes.start(child)


def _is_ready(var: Path, server: ServerState) -> bool:
    """Wait until the server takes connections; False when it ended instead (its port may be taken)."""
    deadline = time.monotonic() + _START_SECONDS
    while server.is_alive():
        try:
            _connect(var, server.port).close()
            return True
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline or error.sqlstate == "28P01":
                stop(server)
                raise EmbeddedError(f"The embedded PostgreSQL refuses us: {str(error).strip()}") from None
            time.sleep(0.05)
    return False


def _connect(var: Path, port: int) -> psycopg.Connection[tuple[object, ...]]:
    """Connect as the cluster's keeper, whom the portal itself never uses."""
    password = secrets.kept(var, "database-keeper-password")
    return psycopg.connect(
        host=ports.LOOPBACK, port=port, user=_KEEPER, password=password, dbname="postgres", autocommit=True,
        connect_timeout=5,
    )  # fmt: skip


def _make_database(var: Path, port: int) -> None:
    """Make the portal's role (no superuser; it may create test databases) and its database, unless there."""
    password = sql.Literal(secrets.kept(var, "database-password"))
    role = sql.Identifier(NAME)
    with _connect(var, port) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [NAME]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(role, password))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))


def _end_unrecorded(data: Path) -> None:
    """End a server of this very cluster that nobody recorded, and drop the lock file of one that died.

    PostgreSQL would take any process that has the dead server's id for the server itself.
    """
    lock = data / "postmaster.pid"
    try:
        pid = int(lock.read_text(encoding="ascii", errors="replace").split()[0])
    except (OSError, ValueError, IndexError):
        return
    found = processes.mark(pid)
    if found is not None and processes.runs_with(pid, str(data)):
        processes.end(found, _SIGNALS)
    lock.unlink(missing_ok=True)
