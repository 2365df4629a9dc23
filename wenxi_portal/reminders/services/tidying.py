"""Empty runs are forgotten after a month; runs that did something, or followed an outage, are kept."""

from datetime import datetime, timedelta

from django.utils import timezone

from wenxi_portal.reminders.models import ScanRun

KEPT = timedelta(days=30)


def forget_empty_runs(*, now: datetime | None = None) -> int:
    """Remove runs that found nothing; return how many."""
    old = ScanRun.objects.filter(started_at__lt=(now or timezone.now()) - KEPT, silent_since__isnull=True)
    return old.filter(found=0, entries__isnull=True).delete()[0]
