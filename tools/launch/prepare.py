"""What must be true before the portal serves: tables, the county's facts, demo records, static files."""

import os
from pathlib import Path

import psycopg

from tools.bootstrap import commands, stamps
from tools.bootstrap.places import DIST, PYTHON, ROOT

_CODE = tuple(ROOT / name for name in ("wenxi_portal", "talent", "bases", "internships", "requirements/runtime.txt"))
_DEMO_SCALE = "24"
# So that each part of an officer's week has something in it.
_DEMO_PEOPLE = "72"
# As many as a newcomer waits for; the whole programme is played with --interns 141.
_DEMO_INTERNS = "32"


def database(var: Path) -> None:
    """Bring the tables up to date and load the county's facts, unless code and database are those of the last run."""
    stamp, value = var / "stamps" / "database", f"{_code()} {_identity()}"
    if stamps.holds(stamp, value):
        return
    _manage("migrate", "--no-input")
    _manage("load_wenxi")
    stamps.put(stamp, value)


def demo(var: Path) -> None:
    """Fill the desks of the staff with synthetic records once, in demo mode; the public sees sample positions."""
    stamp, value = var / "stamps" / "demo", _identity()
    if os.environ.get("PORTAL_DEMO") != "1" or stamps.holds(stamp, value):
        return
    scale, interns = os.environ.get("DEMO_SCALE", _DEMO_SCALE), os.environ.get("DEMO_INTERNS", _DEMO_INTERNS)
    people = os.environ.get("DEMO_SCALE", _DEMO_PEOPLE)
    _manage("load_demo", "--scale", scale, "--people", people, "--interns", interns, "--unpublished")
    stamps.put(stamp, value)


def static_files() -> None:
    """Collect and compress the static files, unless they are those of the last run."""
    stamp = ROOT / "static" / "collected" / ".portal"
    sources = [
        DIST,
        ROOT / "requirements" / "runtime.txt",
        *sorted(ROOT.glob("*/static")),
        *sorted(ROOT.glob("*/*/static")),
    ]
    value = stamps.digest(sources)
    if not stamps.holds(stamp, value):
        _manage("collectstatic", "--no-input", "--clear")
        stamps.put(stamp, value)


def _manage(*words: str) -> None:
    """Run one of the portal's commands."""
    commands.run([PYTHON, ROOT / "manage.py", *words], f"'manage.py {words[0]}' failed; what it said stands above.")


def _code() -> str:
    """Return one hash over the code and the data files that come with it."""
    files = [file for path in _CODE for file in (path.rglob("*") if path.is_dir() else [path])]
    return stamps.digest(sorted(file for file in files if file.suffix in {".py", ".json", ".csv", ".txt"}))


def _identity() -> str:
    """Return what tells this database from every other, so that a new one is never taken for the old."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        row = connection.execute(
            "SELECT system_identifier, (SELECT oid FROM pg_database WHERE datname = current_database())"
            " FROM pg_control_system()"
        ).fetchone()
    return " ".join(str(part) for part in row or ())
