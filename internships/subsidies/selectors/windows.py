"""Until when a claim can be handed in, and what happens afterwards."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import QuerySet

from internships.subsidies.enums import WITH_STUDENT
from internships.subsidies.models import Claim


def late_until(claim: Claim) -> date | None:
    """Return the last day on which a late claim is still taken (SUBSIDY_LATE_DAYS after its window); None: no window."""
    return claim.due_on + timedelta(days=settings.SUBSIDY_LATE_DAYS) if claim.due_on else None


def is_late(claim: Claim, today: date) -> bool:
    """Tell whether the window of ``claim`` has closed."""
    return claim.due_on is not None and today > claim.due_on


def is_closed(claim: Claim, today: date) -> bool:
    """Tell whether ``claim`` can no longer be handed in at all."""
    last = late_until(claim)
    return last is not None and today > last


def lapsing(today: date) -> QuerySet[Claim]:
    """Claims that wait for the student and can no longer be handed in."""
    last = today - timedelta(days=settings.SUBSIDY_LATE_DAYS)
    return Claim.objects.filter(state__in=WITH_STUDENT, due_on__lt=last)
