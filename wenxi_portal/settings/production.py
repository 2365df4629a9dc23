"""Settings of a county's server. Refuses to start with a missing secret, with DEBUG or with demo data on."""

from django.core.exceptions import ImproperlyConfigured

from wenxi_portal.settings import env
from wenxi_portal.settings.base import *

for _forbidden in ("DEBUG", "PORTAL_DEMO"):
    if env.flag(_forbidden, False):
        raise ImproperlyConfigured(f"{_forbidden} is on; the production settings do not start with it.")

DEBUG = False
SECRET_KEY = env.required("SECRET_KEY")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
    raise ImproperlyConfigured("SECRET_KEY is too weak; use at least 50 random characters.")
env.required("DATABASE_URL")
env.required("REDIS_URL")
env.required("FIELD_KEYS")
env.required("FIELD_INDEX_KEY")
FIELD_KEYS = env.keys("FIELD_KEYS")
FIELD_INDEX_KEY = env.key("FIELD_INDEX_KEY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the host names of the portal, separated by commas.")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
# Only a proxy that we were told of is believed that the visitor came by TLS: anybody could send the header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = env.flag("SECURE_HSTS_PRELOAD", True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
