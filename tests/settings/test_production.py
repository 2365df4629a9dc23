"""The production settings refuse to start half-configured, each time with one sentence that says what to do."""

import base64
import os
import subprocess
import sys

import pytest

KEY = base64.b64encode(b"k" * 32).decode()
COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "wenxi_portal.settings.production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "DATABASE_URL": "postgresql://portal:secret@db.invalid:5432/portal",
    "REDIS_URL": "redis://cache.invalid:6379/0",
    "FIELD_KEYS": f"1:{KEY}",
    "FIELD_INDEX_KEY": f"1:{KEY}",
    "ALLOWED_HOSTS": "portal.example.cn",
}


def start(**changes: str | None) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of their own, as a server does."""
    environment = {key: value for key, value in (COMPLETE | changes).items() if value is not None}
    return subprocess.run(
        [sys.executable, "-c", "from django.conf import settings; print(settings.DEBUG, settings.PORTAL_DEMO)"],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_complete_settings_start_without_debug_and_demo():
    assert start().stdout.split() == ["False", "False"]


@pytest.mark.parametrize(
    "missing", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "FIELD_KEYS", "FIELD_INDEX_KEY", "ALLOWED_HOSTS"]
)
def test_a_missing_secret_is_named(missing):
    refused = start(**{missing: None})
    assert refused.returncode
    assert missing in refused.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"DEBUG": "1"}, "DEBUG"),
        ({"PORTAL_DEMO": "1"}, "PORTAL_DEMO"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"DATABASE_URL": "mysql://db/portal"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://db:99999999/portal"}, "DATABASE_URL"),
        ({"REDIS_URL": "http://cache"}, "REDIS_URL"),
        ({"FIELD_KEYS": "1:short"}, "FIELD_KEYS"),
        ({"EMAIL_PORT": "many"}, "EMAIL_PORT"),
        ({"SECURE_SSL_REDIRECT": "perhaps"}, "SECURE_SSL_REDIRECT"),
    ],
)
def test_a_wrong_value_is_named(changes, word):
    refused = start(**changes)
    assert refused.returncode
    assert word in refused.stderr.splitlines()[-1]
