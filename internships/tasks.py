"""Background work of the internships room. Each task may run twice or late without harm."""

from celery import shared_task

from internships.services.position import close_due_positions
from internships.services.search_index import index_after_renames


@shared_task
def close_positions() -> int:
    """Close positions whose day has passed, whose seats are taken, or that nobody confirmed."""
    return close_due_positions()


@shared_task
def refresh_search_index() -> int:
    """Make positions findable under an organisation's new name."""
    return index_after_renames()
