"""The worker's own sign of life: a dead clock does not make a living worker look silent."""

import logging
from typing import Any

import psycopg
from celery import bootsteps
from django.db import connection

logger = logging.getLogger(__name__)

EVERY = 60.0
# Seconds after which a database that does not answer is left alone: the worker's loop waits for this.
PATIENCE = 3

_BEAT = """
INSERT INTO reminders_heartbeat (name, at) VALUES ('worker', now()) ON CONFLICT (name) DO UPDATE SET at = excluded.at
"""


class WorkerHeartbeat(bootsteps.StartStopStep):
    """Beats once a minute from the loop that also takes tasks: it stands still when the worker has lost its broker.

    The loop belongs to the process that forks the others, which must inherit no connection: each beat opens one of
    its own, outside Django's, and closes it. A database that is down stops the heartbeat and nothing else.
    """

    requires = ("celery.worker.components:Timer",)

    def __init__(self, parent: Any, **kwargs: Any) -> None:
        self.entry: Any = None
        super().__init__(parent, **kwargs)

    def start(self, parent: Any) -> None:
        """Beat now and from now on."""
        self.entry = parent.timer.call_repeatedly(EVERY, beat)
        beat()

    def stop(self, parent: Any) -> None:  # noqa: ARG002
        """End with the worker."""
        if self.entry is not None:
            self.entry.cancel()
            self.entry = None


def beat() -> None:
    """Write the sign of life."""
    try:
        with psycopg.connect(**_address(), autocommit=True) as own:
            own.execute(_BEAT)
    except psycopg.Error as error:
        logger.warning("The database does not answer (%s); no heartbeat.", type(error).__name__)


def _address() -> dict[str, Any]:
    """Return where the database is, from Django's settings, without what belongs to a pool or a cursor."""
    known = {option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults()}
    kept = connection.get_connection_params()
    return {name: value for name, value in kept.items() if name in known} | {"connect_timeout": PATIENCE}
