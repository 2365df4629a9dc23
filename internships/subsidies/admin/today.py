"""The subsidies room's share of what waits today, an area a file."""

from django.http import HttpRequest

from internships.subsidies.admin.payment_queues import payment_queues
from wenxi_portal.core.admin.waiting import Queue


def queues(request: HttpRequest) -> list[Queue]:
    """Return the queues of this room for the person who is signed in."""
    return [*payment_queues(request)]
