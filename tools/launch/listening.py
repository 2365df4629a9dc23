"""On which addresses the portal listens."""

import errno
import socket

from tools.launch.failures import LaunchError

EVERYWHERE_6 = "::"
EVERYWHERE_4 = "0.0.0.0"  # noqa: S104 (the demo answers this machine only, see wenxi_portal/local_wsgi.py)


def choose_host(port: int) -> str:
    """Return the address that serves IPv6 and IPv4, or IPv4 alone on a machine without IPv6.

    Raises ``LaunchError`` when the port is taken.
    """
    host = EVERYWHERE_6 if _has_ipv6() else EVERYWHERE_4
    for each in {host, EVERYWHERE_4}:
        _must_be_free(each, port)
    return host


def read_port(value: str) -> int:
    """Return PORT as a number; raises ``LaunchError``."""
    if value.isascii() and value.isdigit() and 0 < int(value) < 65536:
        return int(value)
    raise LaunchError(f"PORT is '{value}'; write a number from 1 to 65535.")


def _has_ipv6() -> bool:
    """Tell whether the machine has IPv6."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def _must_be_free(host: str, port: int) -> None:
    """Raise ``LaunchError`` when somebody listens there, or when we may not."""
    family = socket.AF_INET6 if host == EVERYWHERE_6 else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
            raise LaunchError(f"Port {port} {why}; choose another one, like: make run PORT={port + 80}.") from None
