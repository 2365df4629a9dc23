"""Settings of ``make run`` and of a developer's shell. Keys are made once and kept under ``var/``."""

from wenxi_portal.embedded import secrets
from wenxi_portal.settings import env
from wenxi_portal.settings.base import *

DEBUG = True
PORTAL_DEMO = env.flag("PORTAL_DEMO", False)
# Codes for mobile numbers appear in the developer's console.
PORTAL_SMS_GATEWAY = PORTAL_SMS_GATEWAY or "wenxi_portal.accounts.services.sms.ConsoleGateway"
ACCOUNT_LOGIN_METHODS = login_methods(PORTAL_SMS_GATEWAY)
ACCOUNT_SIGNUP_FIELDS = signup_fields(PORTAL_SMS_GATEWAY)
SECRET_KEY = env.text("SECRET_KEY") or secrets.kept(PORTAL_VAR, "secret-key")
FIELD_KEYS = env.keys("FIELD_KEYS", f"1:{secrets.kept(PORTAL_VAR, 'field-key-1')}")
FIELD_INDEX_KEY = env.key("FIELD_INDEX_KEY", f"1:{secrets.kept(PORTAL_VAR, 'field-index-key')}")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.words("ALLOWED_HOSTS")]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if not EMAIL_HOST:
    EMAIL_HOST = "localhost"
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

# `make run` collects and compresses the static files; a developer's own server reads them where they lie.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not env.flag("PORTAL_COLLECTED", False)
