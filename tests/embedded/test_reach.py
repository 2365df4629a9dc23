"""A server address that leads nowhere is told in one sentence, without its password."""

import os
import subprocess
import sys

import pytest

from wenxi_portal.embedded import reach
from wenxi_portal.embedded.places import PROJECT_ROOT

WRONG_DATABASES = [
    "postgresql://somebody:hidden@127.0.0.1:1/portal",
    "mysql://somebody:hidden@127.0.0.1/portal",
    "postgresql://somebody:hidden@127.0.0.1:port/portal",
    "nonsense",
]
WRONG_BROKERS = ["redis://:hidden@127.0.0.1:1/0", "http://127.0.0.1/", "redis://127.0.0.1:port/0", "nonsense"]


@pytest.mark.parametrize("url", WRONG_DATABASES)
def test_a_wrong_database_is_one_sentence(url: str):
    problem = reach.database_problem(url)
    assert problem is not None
    assert "\n" not in problem
    assert "hidden" not in problem


@pytest.mark.parametrize("url", WRONG_BROKERS)
def test_a_wrong_broker_is_one_sentence(url: str):
    problem = reach.broker_problem(url)
    assert problem is not None
    assert "\n" not in problem
    assert "hidden" not in problem


def test_the_servers_of_this_run_answer():
    assert reach.database_problem(os.environ["DATABASE_URL"]) is None
    assert reach.broker_problem(os.environ["REDIS_URL"]) is None


def test_a_command_with_a_wrong_database_says_so_without_a_traceback():
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--no-input"],
        cwd=PROJECT_ROOT,
        env=os.environ | {"DATABASE_URL": WRONG_DATABASES[0], "DJANGO_SETTINGS_MODULE": "wenxi_portal.settings.dev"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.strip().splitlines()[-1].startswith("DATABASE_URL leads to no database (127.0.0.1:1/portal):")
