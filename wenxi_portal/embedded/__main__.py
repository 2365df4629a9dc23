"""``python -m wenxi_portal.embedded start|stop|erase|status``: the servers without the portal, for a developer."""

import argparse
import sys

from wenxi_portal.embedded import addresses, places, servers, state
from wenxi_portal.embedded.failures import EmbeddedError


def main() -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(prog="python -m wenxi_portal.embedded", description=__doc__)
    parser.add_argument("verb", choices=["start", "stop", "erase", "status"])
    verb = parser.parse_args().verb
    var = places.data_folder()
    try:
        {"start": servers.start, "stop": servers.stop, "erase": servers.erase, "status": lambda _: None}[verb](var)
    except EmbeddedError as error:
        sys.exit(str(error))
    found = state.read(var)
    for name, server, address in (
        ("PostgreSQL", found.postgresql, addresses.database_url),
        ("Valkey", found.valkey, addresses.redis_url),
    ):
        print(f"{name}: {address(var) if server.is_alive() else 'not running'}")


if __name__ == "__main__":
    main()
