"""Background work of the internships room. Each task may run twice or late without harm."""

from celery import shared_task

from internships.services.attendance import open_due_sheets
from internships.services.readiness import recheck_all


@shared_task
def watch_stays() -> dict[str, int]:
    """Open the sheets of months that are over; send back what is no longer ready.

    Stays whose last day has passed are proposed to an officer (reminder, queue), never completed by the clock: whether
    somebody goes on is a decision.
    """
    return {"sheets": open_due_sheets(), "sent_back": recheck_all()}
