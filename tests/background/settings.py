"""The worker of the tests: connections from a pool as in production, and an e-mail channel that can be held up."""

from wenxi_portal.settings.test import *

DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 0, "max_size": 4, "timeout": 2}
NOTIFICATION_CHANNELS = {**NOTIFICATION_CHANNELS, "email": "tests.background.channels.HeldUp"}
