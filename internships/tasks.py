"""Background work of the internships room. Each task may run twice or late without harm."""

from celery import shared_task

from internships.services.attendance import open_due_sheets
from internships.services.lapsing import lapse_overdue
from internships.services.nomination_words import send_waiting_words
from internships.services.position import close_due_positions
from internships.services.readiness import recheck_all
from internships.services.search_index import index_after_renames


@shared_task
def close_positions() -> int:
    """Close positions whose day has passed, whose seats are taken, or that nobody confirmed."""
    return close_due_positions()


@shared_task
def refresh_search_index() -> int:
    """Make positions findable under an organisation's new name."""
    return index_after_renames()


@shared_task
def watch_stays() -> dict[str, int]:
    """Open the sheets of months that are over; send back what is no longer ready.

    Stays whose last day has passed are proposed to an officer (reminder, queue), never completed by the clock: whether
    somebody goes on is a decision.
    """
    return {"sheets": open_due_sheets(), "sent_back": recheck_all()}


@shared_task
def lapse() -> dict[str, int]:
    """Let lapse what nobody answered in time, and let the waiting lists move up."""
    return lapse_overdue()


@shared_task
def send_nominations() -> int:
    """Send the words of nominations that have not left yet."""
    return send_waiting_words()
