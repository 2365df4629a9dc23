"""From the row to the broker. The broker may be down: then the row waits for the sweep."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import KombuError

from wenxi_portal.notifications.enums import MessageState
from wenxi_portal.notifications.models import Message

logger = logging.getLogger(__name__)

TASK = "wenxi_portal.notifications.tasks.deliver"
BATCH = 500
# A row that was handed over and is still waiting after this long has been lost on the way.
LOST_AFTER = timedelta(minutes=10)
# A worker ends a sending after 90 seconds at the latest; a claim that is older belongs to a dead one.
STUCK_AFTER = timedelta(minutes=10)


def hand_over(ids: Sequence[int], *, now: datetime | None = None) -> int:
    """Enqueue a task for each message; return how many the broker took. Never fails, waits two seconds at most."""
    taken: list[int] = []
    try:
        # One connection for all; a broker that is down is tried once, not once a message.
        with current_app.connection_for_write(transport_options=_IMPATIENT | _options()) as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
            for pk in ids:
                current_app.send_task(TASK, args=[pk], connection=broker, retry=False, ignore_result=True)
                taken.append(pk)
    except (KombuError, OSError) as error:
        left = len(ids) - len(taken)
        logger.warning("The broker does not answer (%s); %d messages wait.", type(error).__name__, left)
    if taken:
        Message.objects.filter(pk__in=taken, state=MessageState.WAITING).update(enqueued_at=now or timezone.now())
    return len(taken)


_IMPATIENT = {"max_retries": 0, "interval_start": 0, "interval_step": 0, "interval_max": 0}


def _options() -> dict[str, object]:
    return {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, "socket_timeout": 2, "socket_connect_timeout": 1}


def sweep(*, now: datetime | None = None) -> int:
    """Free what dead workers claimed, hand over what waits; return how many messages the broker took."""
    moment = now or timezone.now()
    free_stuck(now=moment)
    taken = 0
    while ids := _pick(moment):
        handed = hand_over(ids, now=moment)
        taken += handed
        if handed < len(ids):
            # The broker is away: the rest waits for the next sweep.
            Message.objects.filter(pk__in=ids[handed:]).update(enqueued_at=None)
            break
    return taken


@transaction.atomic
def free_stuck(*, now: datetime) -> int:
    """Let messages that a dead worker claimed wait again; return how many."""
    stuck = Message.objects.filter(state=MessageState.CLAIMED, claimed_at__lt=now - STUCK_AFTER)
    ids = list(stuck.select_for_update(no_key=True, skip_locked=True).values_list("pk", flat=True)[:BATCH])
    if ids:
        logger.warning("%d messages were claimed by a worker that did not come back.", len(ids))
    return Message.objects.filter(pk__in=ids).update(
        state=MessageState.WAITING, claim=None, claimed_at=None, enqueued_at=None, next_attempt_at=now
    )


@transaction.atomic
def _pick(now: datetime) -> list[int]:
    """Mark a batch of waiting rows as handed over; another sweep at the same time takes others."""
    rows = Message.objects.to_hand_over(now).exclude(enqueued_at__gte=now - LOST_AFTER).order_by("next_attempt_at")
    ids = list(rows.select_for_update(no_key=True, skip_locked=True).values_list("pk", flat=True)[:BATCH])
    Message.objects.filter(pk__in=ids).update(enqueued_at=now)
    return ids
