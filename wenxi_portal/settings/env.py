"""The only module that reads the environment.

Every reader names its variable, so that ``grep env.`` lists what can be set. A value that cannot be
understood raises ``ImproperlyConfigured`` with one sentence that says what was expected.
"""

import base64
import binascii
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PROJECT_ROOT = Path(__file__).resolve().parents[2]

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """Return the variable as it stands, without surrounding blanks."""
    return os.environ.get(name, default).strip()


def required(name: str) -> str:
    """Return the variable, or refuse to start when it is missing or empty."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment: the portal does not start without it.")
    return value


def flag(name: str, default: bool) -> bool:
    """Return a yes/no variable."""
    value = text(name, "1" if default else "0").lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is '{value}'; write 1 or 0.")


def number(name: str, default: int) -> int:
    """Return a whole-number variable."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is '{value}'; write a whole number.") from None


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list without empty items."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """Return a folder variable as an absolute path; a relative one starts at the project's root."""
    value = text(name)
    return (PROJECT_ROOT / value).resolve() if value else default


def database(default_url: str) -> dict[str, object]:
    """Return Django's connection settings for DATABASE_URL (``postgresql://user:password@host:port/name``).

    An empty user, host or port falls back to what libpq would take. Query options such as
    ``?sslmode=require`` or ``?host=/run/postgresql`` are handed to the driver.
    """
    url = text("DATABASE_URL") or default_url
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read; write postgresql://user:password@host:5432/name."
        ) from None
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL must name a PostgreSQL database, like postgresql://user:password@host:5432/name."
        )
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.pop("host", "") or parts.hostname or ""),
        "PORT": str(port or ""),
        "OPTIONS": {key: unquote(value) for key, value in options.items()},
    }


def redis_url(default_url: str) -> str:
    """Return REDIS_URL (``redis://host:port/number``, ``rediss://`` with TLS, or ``unix://`` a socket)."""
    url = text("REDIS_URL") or default_url
    if urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured(
            "REDIS_URL must start with redis://, rediss:// or unix://, like redis://host:6379/0."
        )
    return url


def keys(name: str, default: str = "") -> dict[int, bytes]:
    """Return encryption keys by version from ``1:base64,2:base64`` (32 bytes each); empty when unset."""
    found: dict[int, bytes] = {}
    for word in words(name, default):
        version, _, encoded = word.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
            found[int(version)] = key
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != 32:
            raise ImproperlyConfigured(f"{name} must read 1:KEY,2:KEY with each KEY 32 bytes in base64.")
    return found


def key(name: str, default: str = "") -> bytes:
    """Return a key that never changes, written ``1:base64`` (32 bytes)."""
    found = keys(name, default)
    if set(found) != {1}:
        raise ImproperlyConfigured(f"{name} must read 1:KEY, one key alone: it cannot be changed.")
    return found[1]
