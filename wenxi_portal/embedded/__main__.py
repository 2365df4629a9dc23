"""``python -m wenxi_portal.embedded start|stop|erase|status``: the servers without the portal, for a developer."""

import argparse
import sys
from pathlib import Path

from wenxi_portal.embedded import addresses, places, servers, state
from wenxi_portal.embedded.failures import EmbeddedError


def main() -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(prog="python -m wenxi_portal.embedded", description=__doc__)
    parser.add_argument("verb", choices=["start", "stop", "erase", "status"])
    verb = parser.parse_args().verb
    var = places.data_folder()
    try:
        _do(verb, var)
    except EmbeddedError as error:
        sys.exit(str(error))
    found = state.read(var)
    for name, server, address in (
        ("PostgreSQL", found.postgresql, addresses.database_url),
        ("Valkey", found.valkey, addresses.redis_url),
    ):
        print(f"{name}: {address(var) if server.is_alive() else 'not running'}")


def _do(verb: str, var: Path) -> None:
    """Start, stop or erase; the status is shown in any case."""
    match verb:
        case "start":
            servers.start(var)
        case "stop":
            servers.stop(var)
        case "erase":
            servers.erase(var)


if __name__ == "__main__":
    main()
