"""The money's share of what waits today, an area a file."""

from django.http import HttpRequest

from internships.subsidies.admin.claim_queues import claim_queues
from internships.subsidies.admin.payment_queues import payment_queues
from internships.subsidies.admin.review_queues import review_queues
from wenxi_portal.core.admin.waiting import Waiting


def queues(request: HttpRequest) -> list[Waiting]:
    """Return the queues of the money for the person who is signed in."""
    return [*review_queues(request), *claim_queues(request), *payment_queues(request)]
