"""What a channel is: one deed, two ways to fail."""

from dataclasses import dataclass, field
from typing import Protocol

from wenxi_portal.accounts.models import User
from wenxi_portal.notifications.models import Message


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is handed to a channel. ``key`` is the same at every attempt; ``repr`` shows neither words nor person."""

    message: Message = field(repr=False)
    key: str
    subject: str = field(repr=False)
    text: str = field(repr=False)

    @property
    def recipient(self) -> User:
        """Whom it is for."""
        return self.message.recipient


class TryLaterError(Exception):
    """The channel does not answer now; the message is tried again. The text names no person."""


class NeverError(Exception):
    """The channel will never take this message (no address, refused); the text names no person."""


class Adapter(Protocol):
    """A channel. Every call to the outside has a time-out."""

    def send(self, outgoing: Outgoing) -> None:
        """Hand the message over. Raises ``TryLaterError`` or ``NeverError``."""
