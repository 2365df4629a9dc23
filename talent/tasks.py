"""Background work of the talent room. Each task may run twice or late without harm."""

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from talent.services.asking import ask_everyone_due, send_left_behind
from talent.services.coverage import work_out_coverage
from talent.services.flexible import end_overdue_flexible
from talent.services.likeness import compare_changed
from talent.services.membership import propose_moves
from talent.services.registration import forget_unconfirmed
from talent.services.search_index import index_after_renames
from talent.services.self_check import send_question
from talent.services.sweeping import report_impossible

logger = logging.getLogger(__name__)

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
def sweep_impossible() -> dict[str, int]:
    """Tell of rows that should be impossible."""
    return report_impossible()


@shared_task
def ask_whether_correct() -> dict[str, int]:
    """Send the yearly question to whoever is due, first what did not leave before. Needs PORTAL_ADDRESS for links."""
    if not settings.PORTAL_ADDRESS:
        logger.warning("PORTAL_ADDRESS is not set: yearly questions would have no link and are not sent.")
        return {"late": 0, "asked": 0}
    return {"late": send_left_behind(link_of=_link), "asked": ask_everyone_due(link_of=_link)}


@shared_task
def send_questions(keys: list[int]) -> int:
    """Send the questions an officer put. Those already sent are passed over."""
    return sum(send_question(check_id=key, link_of=_link) for key in keys) if settings.PORTAL_ADDRESS else 0


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


def _link(token: str) -> str:
    """Return the full address behind which the question is answered."""
    return settings.PORTAL_ADDRESS.rstrip("/") + reverse("talent:self_check", args=[token])
