"""The desk's pages over ten thousand, a hundred thousand and a million people.

Each page of the largest register is held against the yardstick of one request: the theme's own list of as many people,
found by their keys, without search, filters and counts, plus the raw SQL of one index look-up. And it is held against
itself over the smallest register. BENCH_PEOPLE chooses the sizes, as in ``BENCH_PEOPLE=10000,100000``.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from tests.bench.results import Result

SIZES = tuple(int(size) for size in os.environ.get("BENCH_PEOPLE", "10000,100000,1000000").split(","))
YARDSTICK_BOUND, GROWTH_BOUND = 3.0, 1.5
TIMES = 15
PEOPLE = "/admin/talent/person/"
# What is asked: words that few people match, words that very many match, filters, and the pages beside the list.
PAGES = {
    "list of people": PEOPLE,
    "third page of the list": f"{PEOPLE}?p=3",
    "search, few match": f"{PEOPLE}?q={quote('欧阳伟芳 whlgdx 遥感')}",
    "search, one in twenty matches": f"{PEOPLE}?q={quote('李')}",
    "search, initials of one letter": f"{PEOPLE}?q=l",
    "search, pinyin and a city": f"{PEOPLE}?q={quote('li 武汉')}",
    "filter by township": f"{PEOPLE}?township={quote('东示例镇')}",
    "filter by university": f"{PEOPLE}?university=1005",
    "filter by last contact": f"{PEOPLE}?quiet=365",
    "page of a person": f"{PEOPLE}4711/change/",
    "possible duplicates": f"{PEOPLE}duplicates/",
    "freshness and coverage": f"{PEOPLE}coverage/",
    "who can introduce us": f"{PEOPLE}who-can-introduce-us/?place=1005",
    "contacts": "/admin/talent/contact/",
    "follow-up board": "/admin/talent/contact/board/",
}
# The pages of which the issue speaks, against the yardstick: a search, and the list as it opens.
AGAINST_YARDSTICK = ("list of people", "search, few match", "search, one in twenty matches")


def measure(databases: dict[int, str]) -> list[Result]:
    """Measure on an empty database for each size; fill it first."""
    told = {size: _run(url, size) for size, url in databases.items()}
    print(json.dumps(told, indent=1), flush=True)
    least, most = min(told), max(told)
    few, many = told[least]["pages"], told[most]["pages"]
    yardstick = told[most]["bare"] + told[most]["look_up"]
    results = [
        Result(f"{name}, {most:,} people", many[name] / yardstick, YARDSTICK_BOUND, TIMES, "bare list and one look-up")
        for name in AGAINST_YARDSTICK
    ]
    return results + [
        Result(f"{name}, {most:,} people", many[name] / few[name], GROWTH_BOUND, TIMES, f"the same over {least:,}")
        for name in (PAGES if least != most else ())
    ]


def _run(url: str, size: int) -> dict[str, Any]:
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.bench.people_settings"}
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.people", str(size)]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def main(size: int) -> None:
    """Fill the database of the settings with ``size`` people, ask for each page, print the seconds."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client

    from tests.bench.people_making import make
    from tests.factories.accounts import staff
    from wenxi_portal.accounts.services.roles import sync_roles

    begun = time.perf_counter()
    make(size)
    _work_out()
    made = time.perf_counter() - begun
    print(f"{size:,} people made in {made:.0f} s", file=sys.stderr, flush=True)
    sync_roles()
    client = Client()
    client.force_login(staff())

    def look_up() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM talent_person WHERE search_vector @@ to_tsquery('simple', '欧阳 & 阳伟 & 伟芳')"
            )
            cursor.fetchall()

    pages = {name: _seconds(lambda path=path: _get(client, path)) for name, path in PAGES.items()}
    bare, raw = _seconds(lambda: _get(client, "/bench/people/")), _seconds(look_up)
    print(json.dumps({"made": made, "bare": bare, "look_up": raw, "pages": pages}))


def _work_out() -> None:
    """Let the tasks do their work as far as it can be done in a moment: comparing a million people takes minutes."""
    from datetime import timedelta

    from django.utils import timezone

    from talent.services.coverage import work_out_coverage
    from talent.services.likeness import compare_changed

    compare_changed(until=timezone.now() + timedelta(seconds=15))
    work_out_coverage()


def _get(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)


def _seconds(deed: Callable[[], object]) -> float:
    """Return the quickest of TIMES runs after three that warm up: other work on the machine only ever adds."""
    taken = []
    for _time in range(TIMES + 3):
        begun = time.perf_counter()
        deed()
        taken.append(time.perf_counter() - begun)
    return min(taken[3:])


if __name__ == "__main__":
    main(int(sys.argv[1]))
