"""Why a database or a broker cannot be reached, in one sentence without its password."""

from collections.abc import Callable
from urllib.parse import urlsplit

import psycopg
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

# Takes an address and the name of its variable; returns what is wrong, None when the server answers.
Examination = Callable[[str, str], str | None]

_SECONDS = 5


def database_problem(url: str, name: str = "DATABASE_URL") -> str | None:
    """Return what is wrong with a PostgreSQL address, None when it answers."""
    if not url.startswith(("postgresql://", "postgres://")):
        return f"{name} cannot be read; write postgresql://user:password@host:5432/name."
    try:
        psycopg.connect(url, connect_timeout=_SECONDS).close()
    except psycopg.Error as error:
        return f"{name} leads to no database ({_where(url)}): {_first_line(error)}."
    return None


def broker_problem(url: str, name: str = "REDIS_URL") -> str | None:
    """Return what is wrong with a Valkey or Redis address, None when it answers."""
    if not url.startswith(("redis://", "rediss://", "unix://")):
        return f"{name} cannot be read; write redis://host:6379/0."
    # The driver would try a refused password again and again.
    once = Retry(NoBackoff(), 0)
    try:
        with redis.from_url(url, socket_connect_timeout=_SECONDS, socket_timeout=_SECONDS, retry=once) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        return f"{name} leads to no Valkey or Redis ({_where(url)}): {_first_line(error)}."
    return None


def _where(url: str) -> str:
    """Return an address without user and password."""
    try:
        parts = urlsplit(url)
        return f"{parts.hostname or 'local socket'}:{parts.port or 'default port'}{parts.path}"
    except ValueError:
        return "it cannot be read"


def _first_line(error: Exception) -> str:
    """Return the first line of what the driver said."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0].rstrip(".:") if lines else type(error).__name__
