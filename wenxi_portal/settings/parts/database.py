"""PostgreSQL, through one connection pool a process."""

from wenxi_portal.embedded import addresses
from wenxi_portal.settings import env
from wenxi_portal.settings.parts.files import PORTAL_VAR

DATABASES = {
    "default": env.database(addresses.database_url(PORTAL_VAR))
    | {
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
DATABASES["default"]["OPTIONS"] = {
    "pool": {"min_size": 1, "max_size": env.number("DATABASE_POOL_SIZE", 12), "timeout": 10},
    "application_name": "wenxi-portal",
} | DATABASES["default"]["OPTIONS"]
