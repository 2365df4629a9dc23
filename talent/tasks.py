"""Background work of the talent room. Each task may run twice or late without harm."""

from celery import shared_task

from talent.services.flexible import end_overdue_flexible
from talent.services.membership import propose_moves
from talent.services.registration import forget_unconfirmed
from talent.services.search_index import index_after_renames


@shared_task
def nightly() -> dict[str, int]:
    """Propose next databases, end agreements that ran out, forget registrations nobody confirmed."""
    return {
        "proposed": propose_moves(),
        "ended": end_overdue_flexible(),
        "forgotten": forget_unconfirmed(),
    }


@shared_task
def refresh_search_index() -> int:
    """Make people findable under an organisation's new name."""
    return index_after_renames()
