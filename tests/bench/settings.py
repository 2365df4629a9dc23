"""The portal as it runs for the public, on throw-away servers, with one address more: the bare view."""

from wenxi_portal.settings.test import *

PAGE_CACHE_ENABLED = True
ROOT_URLCONF = "tests.bench.urls"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
# As in production: connections from a pool, and static files collected beforehand or not asked for.
DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 12, "timeout": 10}
WHITENOISE_USE_FINDERS = False
WHITENOISE_AUTOREFRESH = False
LOGGING["root"]["level"] = "ERROR"
