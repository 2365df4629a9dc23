"""A channel that can be held up in the middle of a sending."""

import os
import time
from pathlib import Path

from wenxi_portal.notifications.channels.recording import RecordingChannel


class HeldUp(RecordingChannel):
    """Hands over, then waits as long as the file named by HOLD_FILE is there: the moment for a murder."""

    def send(self, outgoing):
        super().send(outgoing)
        while Path(os.environ["HOLD_FILE"]).exists():
            time.sleep(0.05)
