"""A batch of ten thousand claims sealed and its file for the bank written, in seconds, and how the time grows.

Run as a module it measures on DATABASE_URL and prints JSON.
"""

import json
import os
import subprocess
import sys
import time
from decimal import Decimal
from typing import Any

from tests.bench.results import Result

SECONDS, GROWTH = 10.0, 1.2
SMALL, LARGE, TIMES = 1_000, 10_000, 2


def measure(url: str) -> list[Result]:
    """Measure on the database at ``url`` in a process of its own."""
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.bench.making"}
    command = [sys.executable, "-m", "tests.bench.payments"]
    told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    found = json.loads(told.strip().splitlines()[-1])
    return [
        Result(f"seal {LARGE} claims, write their file (s)", found["large"], SECONDS, TIMES, "1 second"),
        Result(
            f"seconds a claim, {LARGE} against {SMALL}", found["large"] / LARGE / (found["small"] / SMALL), GROWTH,
            TIMES, f"{SMALL} claims",
        ),
    ]  # fmt: skip


def _main() -> None:
    from django import setup

    setup()
    from tests.bench import payments_making

    found: dict[str, Any] = {}
    for name, size in (("small", SMALL), ("large", LARGE)):
        runs = []
        for _time in range(TIMES):
            batch, steps = payments_making.drafted(size), []
            for step in payments_making.STEPS:
                begun = time.perf_counter()
                batch = step(batch)
                steps.append(time.perf_counter() - begun)
            print(size, [round(one, 2) for one in steps], file=sys.stderr)
            # The seal and the file count; the release in between waits for another person anyway.
            runs.append(steps[0] + steps[2])
            assert batch.total == Decimal(2000) * size
        found[name] = min(runs)
    print(json.dumps(found))


if __name__ == "__main__":
    _main()
