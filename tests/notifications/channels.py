"""Channels that behave badly on purpose."""

from typing import ClassVar

from wenxi_portal.notifications.channels.base import NeverError, TryLaterError


class Failing:
    """Fails as told; remembers the keys it was given."""

    error: ClassVar[Exception | None] = None
    keys: ClassVar[list[str]] = []

    def send(self, outgoing):
        self.keys.append(outgoing.key)
        if self.error:
            raise self.error


class Later(Failing):
    error = TryLaterError("the gateway does not answer (TimeoutError)")


class Never(Failing):
    error = NeverError("refused")


class Broken(Failing):
    error = KeyError("13900001234")
