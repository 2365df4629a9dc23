"""How often one address may look certificates up."""

import hashlib

from django.conf import settings
from django.core.cache import cache

HOUR = 3600


def may_look_up(address: str) -> bool:
    """Count a look-up; tell whether it is within CERTIFICATE_LOOKUPS_AN_HOUR. A dead cache lets everybody in.

    The address itself is not kept.
    """
    key = f"certificate-lookups:{hashlib.sha256(address.encode()).hexdigest()[:32]}"
    if cache.add(key, 1, HOUR):
        return True
    try:
        return cache.incr(key) <= settings.CERTIFICATE_LOOKUPS_AN_HOUR
    except ValueError:
        # The key expired between the two, or the cache is away.
        return True
