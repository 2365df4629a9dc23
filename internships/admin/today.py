"""The internships room's share of what waits today."""

from django.http import HttpRequest

from internships.admin.stay_queues import stay_queues
from wenxi_portal.core.admin.waiting import Queue


def queues(request: HttpRequest) -> list[Queue]:
    """Return the queues of this room for the person who is signed in."""
    return stay_queues(request)
