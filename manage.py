#!/usr/bin/env python
"""Django's command line, with the development settings unless others are named."""

import gc
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError
from redis.exceptions import ConnectionError as BrokerConnectionError

from wenxi_portal.embedded import addresses, places, reach


def main() -> None:
    """Run the command named on the command line; a server that cannot be reached is told in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenxi_portal.settings.dev")
    # One command needs one connection; a pool would also retry in vain before it says what is wrong.
    os.environ.setdefault("DATABASE_POOL_SIZE", "0")
    if sys.argv[1:2] == ["migrate"]:
        # Each step makes the models of its time anew; looking through them for garbage takes a third of the time.
        gc.set_threshold(100_000, 50, 100)
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except OperationalError:
        _exit_if(_problem("DATABASE_URL", addresses.database_url(places.data_folder()), reach.database_problem))
        raise
    except BrokerConnectionError:
        _exit_if(_problem("REDIS_URL", addresses.redis_url(places.data_folder()), reach.broker_problem))
        raise


def _problem(name: str, embedded: str, examine: reach.Examination) -> str | None:
    """Return why the named server cannot be reached; without an address of its own, the embedded one."""
    url = os.environ.get(name, "").strip()
    if url:
        return examine(url, name)
    return "The embedded servers do not run; start the portal with make run." if examine(embedded, name) else None


def _exit_if(problem: str | None) -> None:
    """End with one sentence when there is one."""
    if problem:
        sys.exit(problem)


if __name__ == "__main__":
    main()
