"""Settings with which the portal must not run."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from wenxi_portal.accounts.services.sms import KEEPS_TO_ITSELF


def demo_only_in_debug(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse the demo, which lets everybody in, outside DEBUG."""
    if settings.PORTAL_DEMO and not settings.DEBUG:
        return [Error("PORTAL_DEMO is on outside DEBUG: anybody could enter as staff.", id="accounts.E001")]
    return []


def sms_gateway_sends(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse a gateway that sends nothing on a server for real people."""
    if settings.PORTAL_SMS_GATEWAY in KEEPS_TO_ITSELF:
        return [Error("PORTAL_SMS_GATEWAY names a gateway that sends nothing; leave it empty.", id="accounts.E002")]
    return []


def declare() -> None:
    """Make the checks part of ``manage.py check``; the second is for servers (``--deploy``)."""
    register(demo_only_in_debug, Tags.security)
    register(sms_gateway_sends, Tags.security, deploy=True)
