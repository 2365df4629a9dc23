"""Background work of the internships room. Each task may run twice or late without harm."""

from celery import shared_task

from internships.services.lapsing import lapse_overdue


@shared_task
def lapse() -> dict[str, int]:
    """Let lapse what nobody answered in time, and let the waiting lists move up."""
    return lapse_overdue()
