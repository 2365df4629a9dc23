"""Background work of the bases room. Each task may run twice or late without harm."""

from celery import shared_task

from bases.services.agreement import expire_overdue_agreements
from bases.services.search_index import index_after_renames


@shared_task
def close_expired_agreements() -> int:
    """Close signed agreements whose last day has passed."""
    return expire_overdue_agreements()


@shared_task
def refresh_search_index() -> int:
    """Make bases and agreements findable under an organisation's new name."""
    return index_after_renames()
