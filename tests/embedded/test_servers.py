"""The embedded servers: started, killed, repaired, side by side, closed to strangers."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tests.embedded.conftest import StartServers
from wenxi_portal.embedded import addresses, ground, processes, servers, state
from wenxi_portal.embedded.processes import ProcessMark


def test_the_run_has_a_database_with_the_extensions_the_portal_needs():
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        for extension in ("btree_gist", "pg_trgm", "unaccent"):
            connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        encoding = connection.execute("SHOW server_encoding").fetchone()
        superuser = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    assert encoding == ("UTF8",)
    assert superuser == (False,)


def test_the_run_has_a_valkey():
    with redis.from_url(os.environ["REDIS_URL"]) as client:
        assert client.ping()


def test_a_killed_portal_is_repaired_and_keeps_its_data_and_ports(tmp_path: Path, start_servers: StartServers):
    before = start_servers(tmp_path, durable=True)
    with psycopg.connect(addresses.database_url(tmp_path), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (word text)")
    for server in (before.postgresql, before.valkey):
        _kill(server.process)

    after = start_servers(tmp_path, durable=True)

    assert (after.postgresql.port, after.valkey.port) == (before.postgresql.port, before.valkey.port)
    assert after.postgresql.process != before.postgresql.process
    with psycopg.connect(addresses.database_url(tmp_path)) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_servers_of_an_owner_that_died_are_ended_before_new_ones_start(tmp_path: Path, start_servers: StartServers):
    left_over = start_servers(tmp_path)
    state.update(tmp_path, owner=ProcessMark(os.getpid(), "a process that began before this one"))

    renewed = start_servers(tmp_path)

    assert left_over.postgresql.process is not None
    assert not left_over.postgresql.is_alive()
    assert not left_over.valkey.is_alive()
    assert renewed.postgresql.is_alive()


def test_a_lock_file_that_names_a_stranger_does_not_stop_the_start(tmp_path: Path, start_servers: StartServers):
    start_servers(tmp_path)
    servers.stop(tmp_path)
    lock = ground.prepare(tmp_path).data / "postmaster.pid"
    # Our own process has this id, runs, and is no PostgreSQL.
    lock.write_text(f"{os.getpid()}\n{lock.parent}\n", encoding="ascii")

    assert start_servers(tmp_path).postgresql.is_alive()


def test_two_data_folders_run_side_by_side(tmp_path: Path, start_servers: StartServers):
    one, other = tmp_path / "one", tmp_path / "other"
    first, second = start_servers(one), start_servers(other)

    ports = {first.postgresql.port, first.valkey.port, second.postgresql.port, second.valkey.port}
    assert len(ports) == 4
    with redis.from_url(addresses.redis_url(one)) as client:
        client.set("word", "one")
    with redis.from_url(addresses.redis_url(other)) as client:
        assert client.get("word") is None


def test_a_remembered_port_that_is_taken_is_given_up(tmp_path: Path, start_servers: StartServers):
    taken = start_servers(tmp_path / "other")
    state_of_ours = state.ServerState(taken.valkey.port)
    (tmp_path / "one").mkdir()
    state.update(tmp_path / "one", valkey=state_of_ours)

    assert start_servers(tmp_path / "one").valkey.port != taken.valkey.port


def test_strangers_are_refused(tmp_path: Path, start_servers: StartServers):
    started = start_servers(tmp_path)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host="127.0.0.1", port=started.postgresql.port, user="portal", dbname="portal", password="x")
    with (
        redis.Redis(port=started.valkey.port, retry=Retry(NoBackoff(), 0)) as client,
        pytest.raises(redis.AuthenticationError),
    ):
        client.ping()


def test_no_folder_that_was_there_is_widened(tmp_path: Path, start_servers: StartServers):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    var = closed / "var"
    var.mkdir(mode=0o700)
    before = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path, closed, var)}

    start_servers(var)

    assert {path: stat.S_IMODE(path.stat().st_mode) for path in before} == before
    assert stat.S_IMODE(ground.prepare(var).data.stat().st_mode) == 0o700
    for key in (var / "keys").iterdir():
        assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_erasing_leaves_neither_process_nor_data(tmp_path: Path, start_servers: StartServers):
    started = start_servers(tmp_path)
    home = ground.prepare(tmp_path).home

    servers.erase(tmp_path)

    assert not started.postgresql.is_alive()
    assert not started.valkey.is_alive()
    assert not home.exists()


def test_reading_addresses_writes_nothing(tmp_path: Path):
    absent = tmp_path / "absent"
    assert addresses.database_url(absent).startswith("postgresql://portal:@127.0.0.1:")
    assert addresses.redis_url(absent).startswith("redis://")
    assert not absent.exists()


def test_a_reused_process_id_is_not_taken_for_ours():
    ours = processes.mark(os.getpid())
    assert ours is not None
    assert ours.is_alive()
    assert not ProcessMark(ours.pid, "another boot:1").is_alive()


def test_ending_waits_until_the_process_has_ended():
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    running = processes.start(child)
    assert running is not None
    processes.end(running, [signal.SIGTERM])
    assert not running.is_alive()


def _kill(process: ProcessMark | None) -> None:
    """End a process as an accident would."""
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while process.is_alive() and time.monotonic() < deadline:
        time.sleep(0.02)
