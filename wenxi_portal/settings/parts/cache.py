"""The cache and the sessions: both by Redis protocol, sessions also in the database so that none is lost."""

from wenxi_portal.embedded import addresses
from wenxi_portal.settings import env
from wenxi_portal.settings.parts.files import PORTAL_VAR

REDIS_URL = env.redis_url(addresses.redis_url(PORTAL_VAR))

CACHES = {
    "default": {
        "BACKEND": "wenxi_portal.core.resilient_cache.ResilientRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "portal",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "portal_session"

# Public pages are kept until a public record changes (see wenxi_portal/core/page_cache.py).
PAGE_CACHE_ENABLED = True
PAGE_CACHE_SECONDS = 3600
