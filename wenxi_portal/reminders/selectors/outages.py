"""What outages did: how long nothing ran, what was caught up, what was skipped and why."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from wenxi_portal.reminders.enums import Outcome, SkipReason
from wenxi_portal.reminders.models import LedgerEntry, ScanRun


@dataclass(frozen=True, slots=True)
class Outage:
    """One outage. ``skipped`` maps the reason in words to how many steps."""

    since: datetime
    until: datetime
    caught_up: int
    skipped: list[tuple[str, int]]

    @property
    def skipped_total(self) -> int:
        """How many steps were skipped."""
        return sum(number for _words, number in self.skipped)


def outage_before(run: ScanRun) -> Outage | None:
    """Return the outage that ``run`` ended; None when there was none.

    Counted are the steps whose time came within the outage and with which the run dealt.
    """
    if run.silent_since is None:
        return None
    entries = LedgerEntry.objects.filter(run=run, planned_at__gt=run.silent_since, planned_at__lte=run.started_at)
    rows = list(entries.order_by().values_list("state", "reason").annotate(number=Count("pk")))
    caught_up = sum(number for state, _reason, number in rows if state == Outcome.SENT)
    skipped = [(str(SkipReason(why).label), number) for state, why, number in rows if state == Outcome.SKIPPED]
    return Outage(run.silent_since, run.started_at, caught_up, sorted(skipped))


def latest_outages(number: int = 20) -> list[Outage]:
    """Return the latest outages, newest first."""
    runs = ScanRun.objects.filter(silent_since__isnull=False).order_by("-started_at")[:number]
    return [outage for run in runs if (outage := outage_before(run))]
