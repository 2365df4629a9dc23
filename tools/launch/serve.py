"""The web server, the worker and the beat under honcho, until somebody asks them to end."""

import http.client
import os
import signal
import subprocess
import sys
import time

from tools.bootstrap.places import ROOT
from tools.launch import record
from tools.launch.failures import LaunchError

_READY_SECONDS = 60.0
_END_SECONDS = 12.0


def start(token: str) -> subprocess.Popen[bytes]:
    """Start what the Procfile names, in a session of its own: Ctrl-C reaches it through us, in good order."""
    environment = os.environ | {record.TOKEN: token, "PYTHONUNBUFFERED": "1"}
    # Celery warns a worker of root; here root runs it knowingly, and PostgreSQL has an account of its own.
    environment.setdefault("PYTHONWARNINGS", "ignore:You're running the worker with superuser privileges")
    words = [sys.executable, "-m", "honcho", "start", "--procfile", str(ROOT / "Procfile"), "--app-root", str(ROOT)]
    return subprocess.Popen(words, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, start_new_session=True)


def wait_until_ready(running: subprocess.Popen[bytes], port: int) -> None:
    """Wait until the home page answers; raises ``LaunchError`` when it does not."""
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        if running.poll() is not None:
            raise LaunchError("The portal did not start; what it said stands above.")
        if _answers(port):
            return
        time.sleep(0.1)
    raise LaunchError(f"The portal did not answer within {_READY_SECONDS:.0f} seconds.")


def wait_until_ended(running: subprocess.Popen[bytes]) -> None:
    """Wait until a process of the portal ends, or until the ``make`` that started us is gone."""
    parent = os.getppid()
    while running.poll() is None:
        if "MAKELEVEL" in os.environ and os.getppid() != parent:
            return
        time.sleep(0.3)
    raise LaunchError("The portal stopped by itself; what it said stands above.")


def end(running: subprocess.Popen[bytes]) -> None:
    """End the portal's processes, each of them first politely."""
    if running.poll() is None:
        running.send_signal(signal.SIGTERM)
        try:
            running.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def _answers(port: int) -> bool:
    """Tell whether somebody answers a request there, whatever the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
