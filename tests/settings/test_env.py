"""The readers of the environment: what they take, and the one sentence with which they refuse."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from wenxi_portal.settings import env


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("", False)])
def test_a_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool):
    monkeypatch.setenv("FLAG", value)
    assert env.flag("FLAG", True) is expected


def test_a_flag_that_is_neither_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FLAG", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="FLAG is 'perhaps'; write 1 or 0"):
        env.flag("FLAG", False)


def test_a_number_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NUMBER", "many")
    with pytest.raises(ImproperlyConfigured, match="NUMBER is 'many'"):
        env.number("NUMBER", 1)


def test_a_missing_secret_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SECRET", "  ")
    with pytest.raises(ImproperlyConfigured, match="Set SECRET in the environment"):
        env.required("SECRET")


def test_words_lose_blanks_and_empty_items(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WORDS", " one, ,two,")
    assert env.words("WORDS") == ["one", "two"]


def test_a_relative_folder_starts_at_the_project(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FOLDER", "somewhere/deep")
    assert env.folder("FOLDER", env.PROJECT_ROOT) == env.PROJECT_ROOT / "somewhere" / "deep"


def test_a_database_address_is_taken_apart(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://us%40er:p%2Fw@db.example:5433/portal?sslmode=require")
    found = env.database("")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("us@er", "p/w", "db.example", "5433")
    assert found["NAME"] == "portal"
    assert found["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(
    "url", ["mysql://localhost/portal", "postgresql://localhost", "postgresql://host:port/name", "x"]
)
def test_a_database_address_that_is_none_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch, url: str):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured, match=r"DATABASE_URL .*postgresql://user:password@host:5432/name"):
        env.database("")


@pytest.mark.parametrize("url", ["http://localhost", "localhost:6379"])
def test_a_broker_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, url: str):
    monkeypatch.setenv("REDIS_URL", url)
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL must start with"):
        env.redis_url("")


def test_keys_are_read_by_version(monkeypatch: pytest.MonkeyPatch):
    encoded = base64.b64encode(b"k" * 32).decode()
    monkeypatch.setenv("KEYS", f"1:{encoded},2:{encoded}")
    assert env.keys("KEYS") == {1: b"k" * 32, 2: b"k" * 32}


@pytest.mark.parametrize("value", ["1:short", "1:!!!", "one:", base64.b64encode(b"k" * 32).decode()])
def test_keys_that_are_none_are_refused(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv("KEYS", value)
    with pytest.raises(ImproperlyConfigured, match="32 bytes in base64"):
        env.keys("KEYS")


def test_the_key_of_the_index_is_one_and_stays(monkeypatch: pytest.MonkeyPatch):
    text = base64.b64encode(b"k" * 32).decode()
    monkeypatch.setenv("KEYS", f"1:{text}")
    assert env.key("KEYS") == b"k" * 32
    monkeypatch.setenv("KEYS", f"1:{text},2:{text}")
    with pytest.raises(ImproperlyConfigured, match="one key alone"):
        env.key("KEYS")
