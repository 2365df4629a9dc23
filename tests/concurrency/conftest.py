"""Several people at once, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection


@pytest.fixture
def at_once():
    """Run callables at the same moment in threads; return what each returned or raised, in order."""

    def run(*deeds: Callable[[], object]) -> list[object]:
        start = Barrier(len(deeds))

        def one(deed: Callable[[], object]) -> object:
            try:
                start.wait(timeout=20)
                return deed()
            except Exception as error:  # noqa: BLE001 - the test looks at what each one met
                return error
            finally:
                connection.close()

        with ThreadPoolExecutor(len(deeds)) as pool:
            return list(pool.map(one, deeds))

    return run
