"""What retention would do."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Min
from django.utils import timezone

from wenxi_portal.core.retention import Kept, Words, kinds


@dataclass(frozen=True, slots=True)
class Forecast:
    """A kind, how many rows would go now, why others stay, and when the oldest that would go was written.

    ``applied`` says that the county has switched the kind on, or that a sweep of its own erases it.
    """

    kind: Kept
    due: int
    held: list[tuple[Words, int]]
    oldest: date | None
    applied: bool


def is_applied(kind: Kept) -> bool:
    """Tell whether the clock erases this kind."""
    return kind.by_itself or kind.name in settings.RETENTION_APPLIED or "all" in settings.RETENTION_APPLIED


def forecast(*, now: datetime | None = None) -> list[Forecast]:
    """Return the dry run of every kind. Changes nothing."""
    moment = now or timezone.now()
    return [_forecast(kind, moment) for kind in kinds().values()]


def _forecast(kind: Kept, now: datetime) -> Forecast:
    before = now - kind.period
    reasons = kind.reasons()
    counted = {f"held{at}": Count("pk", filter=condition) for at, (_words, condition) in enumerate(reasons)}
    found = kind.over(before).aggregate(**counted) if counted else {}
    held = [(words, found[f"held{at}"]) for at, (words, _condition) in enumerate(reasons)]
    due = kind.due(before).aggregate(due=Count("pk"), oldest=Min(kind.age))
    oldest: Any = due["oldest"]
    if isinstance(oldest, datetime):
        oldest = timezone.localdate(oldest)
    return Forecast(kind, due["due"], [(words, count) for words, count in held if count], oldest, is_applied(kind))
