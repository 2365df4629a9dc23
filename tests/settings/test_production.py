"""The production settings start with everything a county must set, and with nothing a demonstration needs."""

import os
import subprocess
import sys

import pytest

from tools.check import production
from wenxi_portal.settings.env import PROJECT_ROOT


def start_with(**changes: str | None) -> subprocess.CompletedProcess[str]:
    """Load the production settings in a process of its own, with some variables changed or (None) missing."""
    environment = {"PATH": os.environ["PATH"]} | production.environment() | {k: v for k, v in changes.items() if v}
    for name in [name for name, value in changes.items() if value is None]:
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, "-c", "from wenxi_portal.settings import production"],
        cwd=PROJECT_ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_complete_environment_starts():
    assert start_with().returncode == 0


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "FIELD_KEYS", "FIELD_INDEX_KEY", "ALLOWED_HOSTS"]
)
def test_a_missing_value_is_refused_by_name(name: str):
    done = start_with(**{name: None})
    assert done.returncode != 0
    assert name in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("name", ["DEBUG", "PORTAL_DEMO"])
def test_what_belongs_to_a_demonstration_is_refused(name: str):
    done = start_with(**{name: "1"})
    assert done.returncode != 0
    assert f"{name} is on" in done.stderr.splitlines()[-1]


def test_a_weak_secret_is_refused():
    assert "too weak" in start_with(SECRET_KEY="a" * 60).stderr.splitlines()[-1]
