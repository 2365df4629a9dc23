"""Empty runs are forgotten after a month; runs that did something, or followed an outage, are kept."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from wenxi_portal.reminders.models import ScanRun

KEPT = timedelta(days=30)


def empty_runs(before: datetime) -> QuerySet[ScanRun]:
    """Return the runs before that moment that found nothing and followed no outage."""
    return ScanRun.objects.filter(started_at__lt=before, silent_since__isnull=True, found=0, entries__isnull=True)


def forget_empty_runs(*, now: datetime | None = None) -> int:
    """Remove runs that found nothing; return how many."""
    return empty_runs((now or timezone.now()) - KEPT).delete()[0]
