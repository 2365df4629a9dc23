"""The internships room's share of what waits today."""

from django.http import HttpRequest

from internships.admin.applying_queues import applying_queues
from wenxi_portal.core.admin.waiting import Queue


def queues(request: HttpRequest) -> list[Queue]:
    """Return the queues of this room for the person who is signed in."""
    return applying_queues(request)
