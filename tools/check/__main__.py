"""Run every check, two at a time, and say which failed and why."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from tools.bootstrap.places import PYTHON, ROOT, VENV
from tools.check import production

_BIN = VENV / "bin"
_TYPED_FOLDERS = ("wenxi_portal/core", "wenxi_portal/embedded", "tools")
_TYPED_PARTS = ("services", "selectors")


class Check(NamedTuple):
    """A check: its name, its command, and what it needs in the environment."""

    name: str
    command: list[str]
    environment: dict[str, str] = {}


class Result(NamedTuple):
    """What came of a check."""

    check: Check
    passed: bool
    output: str
    seconds: float


def checks() -> list[Check]:
    """Return the checks, the longest first."""
    manage = [str(PYTHON), "-W", "ignore", "manage.py"]
    county = production.environment()
    return [
        Check("types (mypy)", [str(_BIN / "mypy"), *_typed()]),
        Check("templates (djlint)", [str(_BIN / "djlint"), "--lint", "--quiet", "."]),
        Check("production settings", [*manage, "check", "--deploy", "--fail-level", "WARNING"], county),
        Check("missing migrations", [*manage, "makemigrations", "--check", "--dry-run"], county),
        Check("import rules", [str(_BIN / "lint-imports"), "--no-cache"]),
        Check("translations", [str(PYTHON), "-m", "tools.messages", "check"]),
        Check("secrets and markers", [str(PYTHON), "-m", "tools.check.files"]),
        Check("style (ruff)", [str(_BIN / "ruff"), "check", "."]),
        Check("format (ruff)", [str(_BIN / "ruff"), "format", "--check", "."]),
    ]


def main() -> None:
    """Run the checks; fail when one fails."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(_run, checks()))
    failed = [result for result in results if not result.passed]
    for result in failed:
        print(f"\n--- {result.check.name}\n{result.output}")
    print(f"\n{len(results) - len(failed)} passed, {len(failed)} failed")
    sys.exit(bool(failed))


def _run(check: Check) -> Result:
    """Run one check and tell at once how it went."""
    begun = time.monotonic()
    done = subprocess.run(
        check.command, cwd=ROOT, env=os.environ | check.environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
    )  # fmt: skip
    result = Result(check, done.returncode == 0, done.stdout.strip(), time.monotonic() - begun)
    print(f"{'ok    ' if result.passed else 'FAILED'} {check.name} ({result.seconds:.1f} s)", flush=True)
    return result


def _typed() -> list[str]:
    """Return what mypy reads: the core, the embedded servers, the tools, and every service and selector."""
    found = [str(ROOT / folder) for folder in _TYPED_FOLDERS]
    for part in _TYPED_PARTS:
        for pattern in (f"*/{part}", f"*/*/{part}", f"*/{part}.py", f"*/*/{part}.py"):
            found += [str(path) for path in sorted(ROOT.glob(pattern)) if ".venv" not in path.parts]
    return [path for path in found if "node_modules" not in path]


if __name__ == "__main__":
    main()
