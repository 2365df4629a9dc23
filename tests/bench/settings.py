"""The portal as it runs for the public, on throw-away servers, with one address more: the bare view."""

from wenxi_portal.settings.test import *

PAGE_CACHE_ENABLED = True
ROOT_URLCONF = "tests.bench.urls"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LOGGING["root"]["level"] = "ERROR"
