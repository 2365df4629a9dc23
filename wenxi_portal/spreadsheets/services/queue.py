"""Work for the background: handed over after the commit, and never a reason for a deed to fail."""

import logging
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

READ, APPLY, MAKE = "read_import", "apply_import", "make_export"
_TASKS = "wenxi_portal.spreadsheets.tasks"

logger = logging.getLogger(__name__)


def hand_over(task: str, number: int) -> None:
    """Let a worker do ``task`` on the row ``number`` once the transaction is committed.

    When the broker does not answer, the row waits and the sweep finds it.
    """
    transaction.on_commit(partial(_send, task, number))


def _send(task: str, number: int) -> None:
    try:
        current_app.send_task(f"{_TASKS}.{task}", args=[number], retry=False)
    except (OperationalError, OSError):
        logger.warning("The broker does not answer; %s %d waits for the sweep.", task, number)
