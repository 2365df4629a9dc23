"""Running other programs: quiet when they succeed, their last words when they fail."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools.bootstrap.failures import SetUpError
from tools.bootstrap.places import ROOT

_LAST_LINES = 25


def run(words: Sequence[str | Path], failure: str, environment: dict[str, str] | None = None) -> None:
    """Run a program; when it fails, show its last lines and raise ``SetUpError`` with the sentence given."""
    done = subprocess.run(
        words, cwd=ROOT, env=os.environ | (environment or {}), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
    )  # fmt: skip
    if done.returncode:
        print("\n".join(done.stdout.splitlines()[-_LAST_LINES:]))
        raise SetUpError(failure)


def answers(*words: str | Path) -> str | None:
    """Return what a program prints, None when it is absent or fails."""
    try:
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
