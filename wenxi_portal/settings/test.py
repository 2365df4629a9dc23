"""Settings of the test suite: real PostgreSQL and Valkey, quick password hashing, no page kept between tests."""

from wenxi_portal.settings import env
from wenxi_portal.settings.base import *

DEBUG = False
SECRET_KEY = "test-only-" + "k" * 50  # pragma: allowlist secret
FIELD_KEYS = {1: b"1" * 32}
FIELD_INDEX_KEY = b"i" * 32
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PORTAL_SMS_GATEWAY = "wenxi_portal.accounts.services.sms.RecordingGateway"
ACCOUNT_LOGIN_METHODS = login_methods(PORTAL_SMS_GATEWAY)
ACCOUNT_SIGNUP_FIELDS = signup_fields(PORTAL_SMS_GATEWAY)
PAGE_CACHE_ENABLED = False
PRIVATE_FILES_ROOT = env.folder("PRIVATE_FILES_ROOT", PORTAL_VAR / "test-papers")

# A pool would keep connections that the next test's database cannot be dropped under.
DATABASES["default"]["OPTIONS"].pop("pool", None)
# Static files as the sources stand, without a collecting step before each run.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
