"""Reads about group activities."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from internships.enums import STAYS_TO_COME, ActivityState, SignUpState
from internships.models import GroupActivity, Placement

_SEATED = Q(sign_ups__seat__isnull=False)
_WAITING = Q(sign_ups__state=SignUpState.WAITING)


@dataclass(frozen=True, slots=True)
class OwnActivities:
    """Activities of a stay: to come (each with ``free``, ``waiting`` and ``mine``), and those it took part in."""

    coming: list[Any]
    past: list[Any]


def with_counts(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Add how many have a seat (``taken``), how many wait (``waiting``) and how many seats are free (``free``)."""
    counted = rows.annotate(
        taken=Count("sign_ups", filter=_SEATED, distinct=True),
        waiting=Count("sign_ups", filter=_WAITING, distinct=True),
    )
    return counted.annotate(free=F("seats") - F("taken"))


def activities_for(stay: Placement) -> OwnActivities:
    """Return what a stay can join, earliest first, and where it has signed up before, latest first."""
    now = timezone.now()
    mine = {each.activity_id: each for each in stay.activity_sign_ups.select_related("activity")}
    coming = []
    for row in with_counts(GroupActivity.objects.filter(ends_at__gte=now)).exclude(state=ActivityState.PLANNED):
        row.mine = mine.get(row.pk)
        row.is_mine = row.mine is not None and row.mine.state != SignUpState.CANCELLED
        row.can_join = row.state == ActivityState.OPEN and row.begins_at > now and _runs(stay, row)
        if row.is_mine or row.can_join:
            coming.append(row)
    past = [each for each in mine.values() if each.activity.ends_at < now and each.state != SignUpState.CANCELLED]
    return OwnActivities(coming, sorted(past, key=lambda each: each.activity.begins_at, reverse=True))


def roll(activity: GroupActivity) -> QuerySet[Any]:
    """Return who signed up for an activity, seats first and then the waiting list in its order."""
    rows = activity.sign_ups.exclude(state=SignUpState.CANCELLED)
    rows = rows.select_related("placement__student__university", "placement__host", "activity")
    return rows.order_by(F("seat").asc(nulls_last=True), "at", "pk")


def stays_that_may_join(activity: GroupActivity, user: Any) -> QuerySet[Any]:
    """Return the stays ``user`` may see that run on the day of an activity and are not signed up, by name."""
    day = timezone.localdate(activity.begins_at)
    there = activity.sign_ups.exclude(state=SignUpState.CANCELLED).values("placement")
    stays: Any = Placement.objects.visible_to(user).present_on(day).filter(state__in=STAYS_TO_COME)
    found: QuerySet[Any] = stays.exclude(pk__in=there).select_related("student", "host", "position")
    return found.order_by("student__name", "pk")


def next_activities(stay: Placement, days: int = 30) -> list[Any]:
    """Return the activities of the coming days (30) that a stay may join or has joined."""
    until = timezone.now() + timedelta(days=days)
    return [row for row in activities_for(stay).coming if row.begins_at <= until]


def _runs(stay: Placement, activity: GroupActivity) -> bool:
    day = timezone.localdate(activity.begins_at)
    return stay.state in STAYS_TO_COME and stay.starts_on <= day <= stay.ends_on
