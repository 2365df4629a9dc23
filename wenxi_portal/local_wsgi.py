"""The WSGI entry point of ``make run``: answers this machine only, because its sign-in asks for no password.

PORTAL_OPEN_TO_NETWORK=1 opens it to other machines, for a demonstration in a network that is trusted.
"""

import ipaddress
from collections.abc import Callable, Iterable
from typing import Any

from wenxi_portal.settings import env
from wenxi_portal.wsgi import application as portal

_REFUSAL = b"This demonstration answers only the machine it runs on; PORTAL_OPEN_TO_NETWORK=1 opens it.\n"
_OPEN = env.flag("PORTAL_OPEN_TO_NETWORK", False)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Serve a request from this machine, refuse any other."""
    if _OPEN or is_local(str(environ.get("REMOTE_ADDR", ""))):
        return portal(environ, start_response)
    start_response("403 Forbidden", [("Content-Type", "text/plain"), ("Content-Length", str(len(_REFUSAL)))])
    return [_REFUSAL]


def is_local(address: str) -> bool:
    """Tell whether an address is of this machine; IPv4 may come wrapped in IPv6."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_loopback)
