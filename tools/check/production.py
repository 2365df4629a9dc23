"""Throw-away values with which the production settings can be examined."""

import base64
import secrets


def environment() -> dict[str, str]:
    """Return what a county's server would set; nothing is connected to."""
    return {
        "DJANGO_SETTINGS_MODULE": "wenxi_portal.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "FIELD_KEYS": f"1:{_key()}",
        "FIELD_INDEX_KEY": f"1:{_key()}",
        "DATABASE_URL": "postgresql://portal@127.0.0.1:1/portal",
        "DATABASE_POOL_SIZE": "0",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "ALLOWED_HOSTS": "portal.example",
        "CSRF_TRUSTED_ORIGINS": "https://portal.example",
        "DEBUG": "0",
        "PORTAL_DEMO": "0",
    }


def _key() -> str:
    """Return 32 random bytes in base64."""
    return base64.b64encode(secrets.token_bytes(32)).decode("ascii")
