"""The internships room's share of what waits today, an area a file."""

from django.http import HttpRequest

from internships.admin.applying_queues import applying_queues
from internships.admin.stay_queues import stay_queues
from internships.admin.today_care import care_queues
from internships.admin.today_positions import position_queues
from wenxi_portal.core.admin.waiting import Waiting


def queues(request: HttpRequest) -> list[Waiting]:
    """Return the queues of this room for the person who is signed in."""
    return [*position_queues(request), *applying_queues(request), *stay_queues(request), *care_queues(request)]
