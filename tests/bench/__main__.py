"""``python -m tests.bench [pages|reminders|sheets|applying|people|subsidies|payments …]``: measure, show, write ``var/bench.json``.

Without a name everything is measured. Ends with 1 when a bound is missed.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests import servers
from tests.bench import applying, payments, people, public_pages, reminders, sheets, subsidies
from tests.bench.applicants import entries_of
from tests.bench.results import Result, show, write
from tests.bench.web import serving

OUTPUT = Path(__file__).resolve().parents[2] / "var" / "bench.json"
SMALL, LARGE = 30, 3000


def main() -> int:
    """Run the measurements named on the command line, or every one."""
    chosen = sys.argv[1:] or list(MEASURES)
    unknown = set(chosen) - MEASURES.keys()
    if unknown:
        sys.exit(f"There is no measurement called {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}.")
    results: list[Result] = []
    servers.provide()
    try:
        for name in chosen:
            print(f"Measuring {name} …", flush=True)
            results += MEASURES[name]()
    finally:
        servers.withdraw()
    write(results, OUTPUT)
    print(show(results))
    return 0 if all(result.holds for result in results) else 1


def _pages() -> list[Result]:
    small_url, large_url = (_database(f"bench_{scale}", scale) for scale in (SMALL, LARGE))
    for url, scale in ((small_url, SMALL), (large_url, LARGE)):
        _run(url, ["-m", "tests.bench.positions_making", str(scale)])
    with serving(small_url) as small, serving(large_url) as large:
        return public_pages.measure(small, large, small_url, large_url)


def _reminders() -> list[Result]:
    return reminders.measure(_empty("bench_reminders"))


def _sheets() -> list[Result]:
    return sheets.measure(_empty("bench_sheets"))


def _people() -> list[Result]:
    return people.measure({size: _empty(f"bench_people_{size}") for size in people.SIZES})


def _applying() -> list[Result]:
    url = _empty("bench_applying")
    entries = entries_of(url, applying.NEEDED)
    with serving(url) as client:
        return applying.measure(client, entries)


def _subsidies() -> list[Result]:
    return subsidies.measure(_empty("bench_subsidies"))


MEASURES: dict[str, Callable[[], list[Result]]] = {
    "pages": _pages,
    "reminders": _reminders,
    "sheets": _sheets,
    "people": _people,
    "applying": _applying,
    "subsidies": _subsidies,
    "payments": lambda: payments.measure(_empty("bench_payments")),
}


def _database(name: str, scale: int) -> str:
    """Make a database of its own with the facts and ``scale`` demo bases; return its address."""
    return _made(name, ["load_wenxi"], ["load_demo", f"--scale={scale}"])


def _empty(name: str) -> str:
    """Make a database of its own that holds nothing but tables; return its address."""
    return _made(name)


def _made(name: str, *commands: list[str]) -> str:
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    own = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    for command in (["migrate", "--verbosity=0"], *commands):
        _run(own, ["manage.py", *command])
    return own


def _run(url: str, arguments: list[str]) -> None:
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.bench.making"}
    subprocess.run([sys.executable, *arguments], env=environment, check=True)


if __name__ == "__main__":
    sys.exit(main())
