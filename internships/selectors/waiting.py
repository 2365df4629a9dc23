"""What waits for the staff among positions: reviews, and hosts that have not confirmed."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import DateField, Max, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from internships.enums import PositionState
from internships.models import Position
from wenxi_portal.reminders.working_days import add_working_days, calendar

# So many days before a position is closed for silence its lead unit is told.
SILENT_SOON = 7


def with_review_since(positions: QuerySet[Any]) -> QuerySet[Any]:
    """Return ``positions`` under review with ``review_since``: the day on which they were last sent to it."""
    sent = Max(TruncDate("state_changes__at"), filter=_sent())
    since = Coalesce(sent, TruncDate("updated_at"), output_field=DateField())
    return positions.filter(state=PositionState.IN_REVIEW).annotate(review_since=since)


def review_due(sent_on: date) -> date:
    """Return the day by which a position sent to review on ``sent_on`` shall have been looked at."""
    return add_working_days(sent_on, settings.POSITION_REVIEW_WORKING_DAYS)


def overdue_reviews(positions: QuerySet[Any]) -> QuerySet[Any]:
    """Return the positions under review for longer than POSITION_REVIEW_WORKING_DAYS."""
    today = timezone.localdate()
    waiting = with_review_since(positions)
    days = set(waiting.order_by().values_list("review_since", flat=True).distinct())
    working = calendar()
    late = [day for day in days if working.add_working_days(day, settings.POSITION_REVIEW_WORKING_DAYS) < today]
    return waiting.filter(review_since__in=late)


def soon_silent(positions: QuerySet[Any]) -> QuerySet[Any]:
    """Return the published positions that are closed within SILENT_SOON days unless the host confirms them."""
    since = timezone.localdate() - timedelta(days=settings.POSITION_RECONFIRM_DAYS - SILENT_SOON)
    return positions.filter(state=PositionState.PUBLISHED, reconfirmed_on__lte=since)


def silent_on(position: Position) -> date | None:
    """Return the last day on which the host can confirm."""
    if position.reconfirmed_on is None:
        return None
    return position.reconfirmed_on + timedelta(days=settings.POSITION_RECONFIRM_DAYS)


def _sent() -> Q:
    return Q(state_changes__to_state=PositionState.IN_REVIEW)
