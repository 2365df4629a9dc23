"""A cache whose absence costs speed, never a page."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class ResilientRedisCache(RedisCache):
    """Django's Redis cache, where a server that does not answer counts as an empty cache.

    Every miss of that sort is logged, so that a server that is down is noticed.
    """

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return what is kept, or ``default``."""
        return self._or(default, super().get, key, default, version)

    def get_many(self, keys: Any, version: int | None = None) -> dict[str, Any]:
        """Return what is kept of ``keys``."""
        return dict(self._or({}, super().get_many, keys, version))

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value, if there is where to."""
        self._or(None, super().set, key, value, timeout, version)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value unless the key is taken; without a server every key counts as free."""
        return bool(self._or(True, super().add, key, value, timeout, version))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value."""
        return bool(self._or(False, super().delete, key, version))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Count on; without a server every count begins anew. Raises ``ValueError`` for a key that is not there."""
        return int(self._or(delta, super().incr, key, delta, version))

    def answers(self) -> bool:
        """Tell whether there is a server: whoever watches the portal asks, everybody else goes on without it."""
        return bool(self._or(False, self._asked))

    def _asked(self) -> bool:
        super().has_key("is-anybody-there")
        return True

    def _or(self, fallback: Any, call: Callable[..., Any], *args: Any) -> Any:
        try:
            return call(*args)
        except (RedisError, OSError) as error:
            logger.warning("The cache does not answer (%s); going on without it.", type(error).__name__)
            return fallback
