"""Background work of the talent room. Each task may run twice or late without harm."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from talent.services.coverage import work_out_coverage
from talent.services.flexible import end_overdue_flexible
from talent.services.likeness import compare_changed
from talent.services.membership import propose_moves
from talent.services.registration import forget_unconfirmed
from talent.services.search_index import index_after_renames

# A run stops in time for the next one; what is left, that one takes up.
LONGEST = timedelta(minutes=4)


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
    return index_after_renames(until=timezone.now() + LONGEST)


@shared_task
def compare_people() -> int:
    """Keep the possible duplicates among what came in bulk."""
    return compare_changed(until=timezone.now() + LONGEST)


@shared_task
def refresh_coverage() -> int:
    """Work out the figures of freshness and coverage anew."""
    return work_out_coverage()
