"""PostgreSQL, through one connection pool a process; DATABASE_POOL_SIZE=0 connects without a pool."""

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
_pool_size = env.number("DATABASE_POOL_SIZE", 12)
_options = {"application_name": "wenxi-portal"} | DATABASES["default"]["OPTIONS"]
if _pool_size:
    _options["pool"] = {"min_size": 1, "max_size": _pool_size, "timeout": 10}
DATABASES["default"]["OPTIONS"] = _options
