"""What tests of signing in share."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage

from wenxi_portal.accounts.services.sms import RecordingGateway


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    """Count attempts from nought: limits are kept in the cache."""
    cache.clear()


@pytest.fixture
def sms() -> list[tuple[str, str]]:
    """Text messages handed over, as pairs of number and text."""
    RecordingGateway.outbox.clear()
    return RecordingGateway.outbox


@pytest.fixture
def code_in() -> Callable[[str | EmailMessage], str]:
    """Read the six digits out of a message."""

    def read(message: str | EmailMessage) -> str:
        text = message.body if isinstance(message, EmailMessage) else message
        return re.findall(r"(?<!\d)\d{6}(?!\d)", str(text))[0]

    return read
