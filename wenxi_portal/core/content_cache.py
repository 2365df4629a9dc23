"""Results of costly reads of public records, kept until a public record changes."""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache

from wenxi_portal.core.content_version import current_content_version

Result = TypeVar("Result")


def remember(name: str, parts: str, read: Callable[[], Result]) -> Result:
    """Return what ``read`` returned the last time for ``name`` and ``parts``, unless a public record changed since.

    ``parts`` is everything the result depends on beside the records, as text. The result must not depend on who asks.
    """
    if not settings.CONTENT_CACHE_ENABLED:
        return read()
    digest = hashlib.sha256(parts.encode()).hexdigest()[:32]
    key = f"content:{current_content_version()}:{name}:{digest}"
    kept = cache.get(key)
    if kept is None:
        kept = read()
        cache.set(key, kept, settings.PAGE_CACHE_SECONDS)
    return kept
