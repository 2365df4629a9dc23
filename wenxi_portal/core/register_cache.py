"""Results of costly reads of the registers (bases, kinds, organisations), kept until one of them changes.

A page is forgotten with every public change (``page_cache``); what was counted over thousands of rows need not be
counted again because an agreement was signed or a guide was written.
"""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache

Result = TypeVar("Result")


def remember(name: str, parts: str, version: int, read: Callable[[], Result]) -> Result:
    """Return what ``read`` returned the last time for ``name``, ``parts`` and ``version``.

    ``version`` is the registers' number, read before; ``parts`` is everything else the result depends on, as text.
    The result must depend on the registers alone and not on who asks.
    """
    if not settings.PAGE_CACHE_ENABLED:
        return read()
    digest = hashlib.sha256(parts.encode()).hexdigest()[:32]
    key = f"registers:{version}:{name}:{digest}"
    kept: Result | None = cache.get(key)
    if kept is None:
        kept = read()
        cache.set(key, kept, settings.PAGE_CACHE_SECONDS)
    return kept
