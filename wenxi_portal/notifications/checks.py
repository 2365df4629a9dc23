"""Addresses in the settings with which the portal must not run."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register


def robot_is_called_by_tls(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse a web hook without TLS: whoever reads its address on the way may write to the office's group."""
    if settings.PORTAL_WECOM_ROBOT and urlsplit(settings.PORTAL_WECOM_ROBOT).scheme != "https":
        return [Error("PORTAL_WECOM_ROBOT must start with https://.", id="notifications.E001")]
    return []


def links_lead_to_tls(**_kwargs: Any) -> list[CheckMessage]:
    """Tell of links in messages that lead to the portal without TLS."""
    if settings.PORTAL_ADDRESS and urlsplit(settings.PORTAL_ADDRESS).scheme != "https":
        return [checks.Warning("PORTAL_ADDRESS should start with https://.", id="notifications.W001")]
    return []


def declare() -> None:
    """Make the checks part of ``manage.py check``; the second is for servers (``--deploy``)."""
    register(robot_is_called_by_tls, Tags.security)
    register(links_lead_to_tls, Tags.security, deploy=True)
