"""Finding what is due and writing ledger and messages, in batches, one scan at a time.

Due is every step whose time has come and that its deadline has not passed yet: never "due exactly today". So a missed
week is caught up, and a second run finds nothing. Ledger row and message row are written in one transaction.
"""

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from wenxi_portal.accounts.enums import Role
from wenxi_portal.notifications.enums import RINGING, Channel
from wenxi_portal.notifications.models import ChannelChoice
from wenxi_portal.notifications.services.outbox import put_selected
from wenxi_portal.reminders import registry
from wenxi_portal.reminders.ladders import ESCALATION, Ladder, moment
from wenxi_portal.reminders.models import Deadline, ScanRun
from wenxi_portal.reminders.services import statements
from wenxi_portal.reminders.services.comparing import compare
from wenxi_portal.reminders.working_days import Calendar, calendar

logger = logging.getLogger(__name__)

BATCH = 10_000
WEEK = timedelta(days=7)
# The scan runs every five minutes; nothing for this long is an outage worth a line in the report.
SILENCE = timedelta(minutes=15)
# The number of the lock that lets one scan write at a time.
_LOCK = 14_082_303


def scan(*, now: datetime | None = None, wholly: bool = False) -> ScanRun | None:
    """Compare, then remind; return the run, None when another scan is at work."""
    moment_now = now or timezone.now()
    run = _begin(moment_now)
    if run is None:
        return None
    for ladder in registry.ladders():
        with transaction.atomic():
            _wait_for_lock()
            compare(ladder, now=moment_now, wholly=wholly)
    days = calendar()
    while _batch(run, moment_now, days):
        pass
    run.ended_at = now or timezone.now()
    run.save(update_fields=["ended_at", "found", "sent", "skipped"])
    return run


@transaction.atomic
def _begin(now: datetime) -> ScanRun | None:
    """Write down that a run begins, and how long it was silent before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        row = cursor.fetchone()
    if not row or not row[0]:
        return None
    last = ScanRun.objects.filter(started_at__lte=now).values_list("started_at", flat=True).first()
    silent = last if last is not None and now - last > SILENCE else None
    return ScanRun.objects.create(started_at=now, silent_since=silent)


@transaction.atomic
def _batch(run: ScanRun, now: datetime, days: Calendar) -> bool:
    """Deal with up to BATCH deadlines; tell whether there were any."""
    _wait_for_lock()
    with connection.cursor() as cursor:
        cursor.execute(statements.PICK, {"now": now, "size": BATCH})
        picked = cursor.fetchall()
        if not picked:
            return False
        values: dict[str, Any] = _rungs({(kind, due) for _pk, kind, due in picked}, now, days)
        values |= {"ids": [pk for pk, _kind, _due in picked], "now": now}
        cursor.execute(statements.LEDGER, values | _people(run, now))
        entries, skipped = cursor.fetchone()  # type: ignore[misc]
        cursor.execute(statements.ADVANCE, values)
    if entries:
        _write_messages(entries, now)
    run.found += len(picked)
    run.sent += len(entries)
    run.skipped += skipped
    return True


def _write_messages(entries: Sequence[int], now: datetime) -> None:
    urgent = [ladder.name for ladder in registry.ladders() if ladder.urgent]
    put_selected(statements.MESSAGES, {"entries": list(entries), "urgent": urgent, "escalation": ESCALATION}, now=now)


def _rungs(dues: set[tuple[str, date]], now: datetime, days: Calendar) -> dict[str, Any]:
    """Return the rungs of the due dates at hand as columns. Kinds that nobody declares any more have none."""
    columns: dict[str, list[Any]] = {
        name: []
        for name in ("kinds", "dues", "positions", "steps", "ats", "untils", "audiences", "escalates", "escalate_ats")
    }
    escalations: dict[str, datetime | None] = {}
    for kind, due_on in dues:
        ladder = registry.find(kind)
        if ladder is None:
            continue
        if kind not in escalations:
            escalations[kind] = _escalation(ladder, now, days)
        for rung in ladder.rungs(due_on, days):
            row = (
                kind, due_on, rung.position, rung.step, rung.at, rung.sensible_until, rung.audience.value,
                rung.escalates, escalations[kind],
            )  # fmt: skip
            for column, value in zip(columns.values(), row, strict=True):
                column.append(value)
    return columns


def _escalation(ladder: Ladder, now: datetime, days: Calendar) -> datetime | None:
    """Return when the heads are told of what goes out now."""
    if ladder.escalate_after is None:
        return None
    return moment(days.add_working_days(timezone.localdate(now), ladder.escalate_after))


def _people(run: ScanRun, now: datetime) -> dict[str, Any]:
    """Return what the ledger statement must know of channels and caps."""
    chosen = set(ChannelChoice.objects.filter(wanted=True).values_list("kind", "channel").distinct())
    ways = [
        (ladder, channel)
        for ladder in registry.ladders()
        for channel in Channel
        if channel == Channel.INBOX or channel in ladder.channels or (ladder.name, channel.value) in chosen
    ]
    return {
        "run": run.pk,
        "today": timezone.localdate(now),
        "week_ago": now - WEEK,
        "cap": settings.REMINDER_WEEKLY_CAP,
        "ringing": [channel.value for channel in RINGING],
        "department": Role.ORGANIZATION_DEPARTMENT.value,
        "mandatory": [ladder.name for ladder in registry.ladders() if ladder.mandatory],
        "way_kinds": [ladder.name for ladder, _channel in ways],
        "way_channels": [channel.value for _ladder, channel in ways],
        "way_usual": [channel in ladder.channels for ladder, channel in ways],
        "way_mandatory": [ladder.mandatory for ladder, _channel in ways],
    }


def look_again(*, now: datetime | None = None) -> int:
    """Look at every open deadline with steps in working days anew, after the calendar has changed.

    An escalation that is planned already keeps its day.
    """
    moment_now, number = now or timezone.now(), 0
    for ladder in registry.ladders():
        if any(step.in_working_days for step in ladder.steps):
            waiting = Deadline.objects.filter(kind=ladder.name, next_at__isnull=False)
            number += waiting.filter(next_position__lt=len(ladder.steps)).update(next_at=moment_now)
    return number


def _wait_for_lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
