"""``python -m tools.launch``: start the portal in the foreground; Ctrl-C ends every process it started."""

import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import NoReturn

from tools.bootstrap.failures import SetUpError
from tools.bootstrap.places import VENV
from tools.launch import listening, prepare, record, serve
from tools.launch.failures import LaunchError
from tools.steps import say, step
from wenxi_portal.embedded import addresses, places, processes, reach, servers
from wenxi_portal.embedded.failures import EmbeddedError

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> None:
    """Run the portal until it is asked to end."""
    for number in _SIGNALS:
        signal.signal(number, _stop)
    var = places.data_folder()
    try:
        port = listening.read_port(os.environ.get("PORT") or "8000")
        with record.held(var) as token:
            _run(var, port, token)
    except (LaunchError, EmbeddedError, SetUpError) as error:
        sys.exit(f"\n{error}")
    except KeyboardInterrupt:
        say("The portal has ended.")


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    """Begin to end; further signals do not disturb the ending."""
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _run(var: Path, port: int, token: str) -> None:
    """Prepare, serve, and put everything away."""
    begun = time.monotonic()
    running = None
    host = listening.choose_host(port)
    owned = [name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name, "").strip()]
    try:
        with step(5, "Database and broker"):
            _provide_servers(var, owned)
        _set_environment(var, host, port)
        with step(6, "Tables and the county's facts"):
            prepare.database(var)
        with step(7, "Demo records"):
            prepare.demo(var)
        with step(8, "Static files"):
            prepare.static_files()
        with step(9, "Web server, worker and beat"):
            running = serve.start(token)
            serve.wait_until_ready(running, port)
        _greet(port, time.monotonic() - begun)
        serve.wait_until_ended(running)
    finally:
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        if running is not None:
            say("\nEnding the portal …")
            serve.end(running)
        if owned:
            servers.stop(var)


def _provide_servers(var: Path, owned: list[str]) -> None:
    """Start the embedded servers that no address replaces, and try the addresses that were given."""
    owner = processes.mark(os.getpid())
    servers.start(var, database="DATABASE_URL" in owned, broker="REDIS_URL" in owned, owner=owner)
    problems = (
        None if "DATABASE_URL" in owned else reach.database_problem(os.environ["DATABASE_URL"].strip()),
        None if "REDIS_URL" in owned else reach.broker_problem(os.environ["REDIS_URL"].strip()),
    )
    for problem in problems:
        if problem:
            raise LaunchError(problem)


def _set_environment(var: Path, host: str, port: int) -> None:
    """Tell the portal's processes where everything is."""
    os.environ["PATH"] = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL", "").strip() or addresses.database_url(var)
    os.environ["REDIS_URL"] = os.environ.get("REDIS_URL", "").strip() or addresses.redis_url(var)
    os.environ |= {"PORTAL_VAR": str(var), "HOST": host, "PORT": str(port)}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenxi_portal.settings.dev")
    os.environ.setdefault("PORTAL_DEMO", "1")
    os.environ.setdefault("WSGI_APP", "wenxi_portal.local_wsgi:application")
    os.environ.setdefault("PORTAL_COLLECTED", "1")
    (var / "beat").mkdir(mode=0o700, exist_ok=True)


def _greet(port: int, seconds: float) -> None:
    """Tell the address and how to sign in."""
    say(f"\nThe portal is ready after {seconds:.1f} s:  http://localhost:{port}/")
    if os.environ["PORTAL_DEMO"] == "1":
        say(f"To sign in, open http://localhost:{port}/accounts/login/ and choose a role; there are no passwords.")
    say("Ctrl-C ends it.\n")


if __name__ == "__main__":
    main()
