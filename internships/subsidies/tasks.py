"""Background work of the money. Each task may run twice or late without harm."""

from celery import shared_task

from internships.subsidies.services.lapsing import lapse_overdue
from internships.subsidies.services.milestone import open_milestones
from internships.subsidies.services.voiding import hold_uncovered, void_changed


@shared_task
def watch_claims() -> dict[str, int]:
    """Send back what has changed, hold what is not in order, open milestones, end what nobody handed in."""
    return {**void_changed(), "uncovered": hold_uncovered(), **open_milestones(), "lapsed": lapse_overdue()}
