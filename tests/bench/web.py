"""A web server of the portal, as in production, and a client that times it."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse, RemoteDisconnected

from wenxi_portal.embedded import ports

PATIENCE_SECONDS = 30


@contextmanager
def serving(database_url: str) -> Iterator["Client"]:
    """Run the web server on a database of its own; yield a client for it."""
    port = ports.choose()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "error", "wenxi_portal.wsgi:application",
    ]  # fmt: skip
    environment = os.environ | {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    process = subprocess.Popen(command, env=environment)
    client = Client(port)
    try:
        client.wait()
        yield client
    finally:
        client.close()
        process.terminate()
        process.wait(timeout=PATIENCE_SECONDS)


class Client:
    """One connection that is kept open, as a browser keeps it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)

    def wait(self) -> None:
        """Return when the server answers; raise ``TimeoutError`` when it does not in time."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                self.get("/robots.txt")
                return
            except (OSError, HTTPException):
                self.connection.close()
                time.sleep(0.1)
        raise TimeoutError("The web server did not answer.")

    def get(self, path: str) -> bytes:
        """Return the body of the page; raise ``AssertionError`` for any status but 200."""
        try:
            response, body = self._ask(path)
        except RemoteDisconnected:
            # The server closes a connection that was idle while another server was measured.
            self.connection.close()
            response, body = self._ask(path)
        assert response.status == 200, (path, response.status)
        return body

    def _ask(self, path: str) -> tuple[HTTPResponse, bytes]:
        self.connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        response = self.connection.getresponse()
        return response, response.read()

    def size(self, path: str) -> int:
        """Return the number of bytes of the page before compression."""
        self.connection.request("GET", path)
        return len(self.connection.getresponse().read())

    def seconds(self, path: str) -> float:
        """Return how long one request took."""
        start = time.perf_counter()
        self.get(path)
        return time.perf_counter() - start

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def medians(times: int, *measures: Callable[[], float]) -> list[float]:
    """Run the measures in turn, so that all meet the same weather; return the median of each."""
    for measure in measures:
        for _ in range(5):
            measure()
    taken: list[list[float]] = [[] for _ in measures]
    for _ in range(times):
        for index, measure in enumerate(measures):
            taken[index].append(measure())
    return [statistics.median(times_of_one) for times_of_one in taken]
