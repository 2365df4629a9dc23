"""A broker, a worker and a database that may be killed."""

import os
import signal
import subprocess
import sys
import time

import pytest
import redis

from tests import servers as run_servers
from wenxi_portal.celery import app
from wenxi_portal.embedded import addresses, processes, servers, state

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
