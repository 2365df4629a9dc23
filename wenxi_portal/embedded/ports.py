"""Free ports of the loopback address."""

import socket

LOOPBACK = "127.0.0.1"


def choose(preferred: int = 0) -> int:
    """Return ``preferred`` when it can be listened on, else a free port that the system picks."""
    for port in (preferred, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    return 0
