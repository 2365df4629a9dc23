"""Text messages to mobile numbers, through the gateway named by PORTAL_SMS_GATEWAY.

A gateway is a class with ``send(mobile, text)``, named by its dotted path, like Django's e-mail backends. Without one
the portal offers nothing that needs a text message. What was sent is never logged: it may be a sign-in code.
"""

import logging
import sys
from typing import ClassVar, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from wenxi_portal.core.masking import mask_mobile

logger = logging.getLogger(__name__)

KEEPS_TO_ITSELF = frozenset(
    f"wenxi_portal.accounts.services.sms.{name}" for name in ("ConsoleGateway", "RecordingGateway")
)


class Gateway(Protocol):
    """What a gateway must offer."""

    def send(self, mobile: str, text: str) -> None:
        """Hand ``text`` over for ``mobile`` (11 digits); raise ``OSError`` when that fails."""


class ConsoleGateway:
    """Prints the message for a developer, the number masked. Refuses to work outside DEBUG."""

    def send(self, mobile: str, text: str) -> None:
        """Print."""
        if not settings.DEBUG:
            raise ImproperlyConfigured("The console gateway shows codes to whoever reads the log: for DEBUG only.")
        sys.stdout.write(f"SMS {mask_mobile(mobile)}: {text}\n")
        sys.stdout.flush()


class RecordingGateway:
    """Keeps the messages in this process, for tests."""

    outbox: ClassVar[list[tuple[str, str]]] = []

    def send(self, mobile: str, text: str) -> None:
        """Remember."""
        self.outbox.append((mobile, text))


def sms_is_available() -> bool:
    """Tell whether a gateway is set."""
    return bool(settings.PORTAL_SMS_GATEWAY)


def send_text(*, mobile: str, text: str) -> None:
    """Send ``text`` to ``mobile``. Raises ``OSError`` when the gateway fails; logs the masked number only."""
    gateway: Gateway = import_string(settings.PORTAL_SMS_GATEWAY)()
    gateway.send(mobile, text)
    logger.info("Text message handed over for %s.", mask_mobile(mobile))
