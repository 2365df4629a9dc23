"""A broker, a worker and a database that may be killed."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
import redis

from tests import servers as run_servers
from tests.bench.web import Client
from wenxi_portal.celery import app
from wenxi_portal.embedded import addresses, ports, postgresql, processes, programs, servers, state

PATIENCE = 60.0


class Broker:
    """A Valkey of the test's own."""

    def __init__(self, var):
        self.var = var
        self.start()

    def start(self):
        servers.start(self.var, database=False, durable=True, owner=processes.mark(os.getpid()))

    def kill(self):
        process = state.read(self.var).valkey.process
        os.kill(process.pid, signal.SIGKILL)
        until(lambda: not process.is_alive())

    @property
    def url(self):
        return addresses.redis_url(self.var)

    def waiting(self):
        """How many tasks wait."""
        with redis.from_url(self.url) as client:
            return client.llen("celery")


class Worker:
    """A real worker with one process."""

    def __init__(self, broker_url, database_url, hold_file):
        environment = os.environ | {
            "REDIS_URL": broker_url,
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "tests.background.settings",
            "HOLD_FILE": str(hold_file),
            "PYTHONWARNINGS": "ignore",
        }
        command = [sys.executable, "-m", "celery", "--quiet", "--app", "wenxi_portal.celery:app", "worker",
                   "--loglevel", "WARNING", "--concurrency", "1", "--without-gossip", "--without-mingle"]  # fmt: skip
        self.process = subprocess.Popen(command, env=environment, start_new_session=True)

    def kill(self):
        """Kill the worker with its children: no chance to put anything in order."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Database:
    """A PostgreSQL of the test's own, with everything that the test has on file at this moment."""

    def __init__(self, var):
        self.var = var
        self.start()
        tools = programs.installed()
        dump = [tools / "pg_dump", "--no-owner", run_servers.scratch_database_url()]
        everything = subprocess.run(dump, stdout=subprocess.PIPE, check=True).stdout
        into = [tools / "psql", "--quiet", "--output", os.devnull, "--set", "ON_ERROR_STOP=1", self.url]
        subprocess.run(into, input=everything, check=True)

    def start(self):
        servers.start(self.var, broker=False, durable=False, owner=processes.mark(os.getpid()))

    def stop(self):
        postgresql.stop(state.read(self.var).postgresql)

    @property
    def url(self):
        return addresses.database_url(self.var)

    @contextmanager
    def served(self):
        """Run the web server on it; yield its port."""
        port = ports.choose()
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
                   "--workers", "1", "--blocking-threads", "2", "--no-ws", "--log-level", "error",
                   "wenxi_portal.wsgi:application"]  # fmt: skip
        environment = os.environ | {"DATABASE_URL": self.url, "DJANGO_SETTINGS_MODULE": "tests.background.settings"}
        process = subprocess.Popen(command, env=environment, start_new_session=True)
        try:
            client = Client(port)
            client.wait()
            client.close()
            yield port
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def until(condition, seconds=PATIENCE):
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.1)


@pytest.fixture
def broker(tmp_path, monkeypatch):
    """A broker for this process and the workers of the test."""
    own = Broker(tmp_path / "broker")
    monkeypatch.setitem(app.conf, "broker_url", own.url)
    yield own
    servers.erase(own.var)


@pytest.fixture
def hold(tmp_path):
    """The file that holds sendings up while it is there."""
    return tmp_path / "hold"


@pytest.fixture
def start_worker(broker, hold):
    """Return ``start_worker(database_url=None)``; what it started is killed with the test."""
    started = []

    def start(database_url=None):
        started.append(Worker(broker.url, database_url or run_servers.scratch_database_url(), hold))
        return started[-1]

    yield start
    for worker in started:
        worker.kill()


@pytest.fixture
def own_database(tmp_path):
    """Return ``own_database()``: a PostgreSQL that may be stopped, with what is on file at this moment."""
    made = []

    def make():
        made.append(Database(tmp_path / "database"))
        return made[0]

    yield make
    for database in made:
        servers.erase(database.var)
        shutil.rmtree(database.var, ignore_errors=True)
