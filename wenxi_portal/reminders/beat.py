"""The clock of the background work, which writes its own heartbeat."""

import logging
import time
from pathlib import Path
from typing import Any

from celery.beat import PersistentScheduler
from django.db import DatabaseError, InterfaceError, connection

from wenxi_portal.reminders.enums import Pulse
from wenxi_portal.reminders.services.heartbeats import beat

logger = logging.getLogger(__name__)

EVERY = 60.0
# The clock never sleeps longer, so that its heart beats in time.
LONGEST_SLEEP = 30.0


class BeatingScheduler(PersistentScheduler):
    """Celery's scheduler; a database that is down stops the heartbeat and nothing else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.beaten_at = float("-inf")
        super().__init__(*args, **kwargs)

    def setup_schedule(self) -> None:
        """Open the file in which the clock keeps what it has sent; on a new server its folder is made first."""
        Path(self.schedule_filename).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().setup_schedule()

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due, and beat."""
        if time.monotonic() - self.beaten_at >= EVERY:
            self.beaten_at = time.monotonic()
            self.heartbeat()
        return min(super().tick(*args, **kwargs), LONGEST_SLEEP)

    def heartbeat(self) -> None:
        """Write the sign of life."""
        try:
            beat(Pulse.BEAT)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("The database does not answer (%s); no heartbeat.", type(error).__name__)
        finally:
            connection.close()
