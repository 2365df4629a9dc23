"""How often one address may do something without an account."""

import hashlib

from django.core.cache import cache

HOUR = 3600


def is_within(kind: str, address: str, most_an_hour: int) -> bool:
    """Count one doing of ``kind``; tell whether it is among the first ``most_an_hour``. A dead cache lets everybody in.

    The address itself is not kept.
    """
    key = f"often:{kind}:{hashlib.sha256(address.encode()).hexdigest()[:32]}"
    if cache.add(key, 1, HOUR):
        return True
    try:
        return cache.incr(key) <= most_an_hour
    except ValueError:
        # The key expired between the two.
        return True
