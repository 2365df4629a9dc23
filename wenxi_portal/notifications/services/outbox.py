"""The only way a message comes into being: a row in the caller's transaction, handed to a worker after its commit."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from wenxi_portal.accounts.models import User
from wenxi_portal.notifications import kinds
from wenxi_portal.notifications.enums import RINGING, Channel, Rhythm
from wenxi_portal.notifications.models import ChannelChoice
from wenxi_portal.notifications.models.preference import QUIET_FROM, QUIET_UNTIL
from wenxi_portal.notifications.services.handing_over import hand_over

# ``{selected}`` yields recipient_id, kind, channel, dedup_key, params, urgent. The inbox is delivered by being
# written. Ringing channels wait for the end of quiet hours, or for the next digest.
_INSERT = """
WITH selected (recipient_id, kind, channel, dedup_key, params, urgent) AS ({selected}),
timed AS (
    SELECT selected.*, channel = ANY(%(ringing)s) AS rings,
           coalesce(hours.quiet_from, %(quiet_from)s::time) AS quiet_from,
           coalesce(hours.quiet_until, %(quiet_until)s::time) AS quiet_until,
           NOT urgent AND channel = ANY(%(ringing)s) AND hours.rhythm IS NOT DISTINCT FROM %(daily)s AS in_digest
    FROM selected LEFT JOIN notifications_deliveryhours hours ON hours.user_id = selected.recipient_id
),
silent AS (
    SELECT timed.*,
           rings AND NOT urgent AND quiet_from <> quiet_until AND CASE WHEN quiet_from < quiet_until
               THEN %(clock)s::time >= quiet_from AND %(clock)s::time < quiet_until
               ELSE %(clock)s::time >= quiet_from OR %(clock)s::time < quiet_until END AS quiet
    FROM timed
),
written AS (
INSERT INTO notifications_message
    (recipient_id, kind, channel, dedup_key, params, state, in_digest, attempts, next_attempt_at, idempotency_key,
     created_at, sent_at, last_error)
SELECT recipient_id, kind, channel, dedup_key, params, CASE WHEN rings THEN 'waiting' ELSE 'sent' END, in_digest, 0,
       CASE WHEN in_digest THEN %(digest_at)s::timestamptz
            WHEN quiet THEN (%(day)s::date + CASE WHEN %(clock)s::time < quiet_until THEN 0 ELSE 1 END + quiet_until)
                            AT TIME ZONE %(zone)s
            ELSE %(now)s::timestamptz END,
       gen_random_uuid(), %(now)s::timestamptz, CASE WHEN rings THEN NULL ELSE %(now)s::timestamptz END, ''
FROM silent
ON CONFLICT (dedup_key) DO NOTHING
RETURNING id, channel = ANY(%(ringing)s) AND NOT in_digest AND next_attempt_at <= %(now)s::timestamptz AS ready
)
SELECT count(*), coalesce(array_agg(id) FILTER (WHERE ready), '{}') FROM written
"""


@dataclass(frozen=True, slots=True)
class Written:
    """How many messages were written, and which of them can leave at once."""

    count: int
    ready: Sequence[int]


def tell(
    *, recipient: User, kind: str, about: str, params: Mapping[str, Any] | None = None, now: datetime | None = None
) -> Written:
    """Tell ``recipient`` something by every channel they want, in the caller's transaction.

    ``about`` says what this telling is about: the same kind, person, channel and ``about`` is told once, ever. A
    broker that is down disturbs nobody: the rows wait. Raises ``LookupError`` for a kind that nobody declares.
    """
    declared = kinds.find(kind)
    if declared is None:
        raise LookupError(f"No kind of message is called {kind}.")
    rows = [
        (recipient.pk, kind, channel, f"{kind}:{about}:{recipient.pk}:{channel}"[:120], json.dumps(dict(params or {})))
        for channel in wanted_channels(recipient, declared)
    ]
    if not rows:
        return Written(0, ())
    selected = (
        "SELECT who, kind, channel, key, params::jsonb, %(urgent)s::boolean FROM unnest(%(who)s::bigint[],"
        " %(kind)s::text[], %(channel)s::text[], %(key)s::text[], %(params)s::text[])"
        " AS one (who, kind, channel, key, params)"
    )
    names = ("who", "kind", "channel", "key", "params")
    values = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    return put_selected(selected, {**values, "urgent": declared.urgent}, now=now)


@transaction.atomic
def put_selected(
    selected: str, values: Mapping[str, Any], *, now: datetime | None = None, most_at_once: int | None = None
) -> Written:
    """Write one message for each row that the SQL ``selected`` yields, in one statement, and hand them over at commit.

    The query yields recipient_id, kind, channel, dedup_key, params (jsonb), urgent. Keys that are known already are
    passed over. ``now`` moves the clock in tests. Of many messages at most ``most_at_once`` are handed over by whoever
    waits for the answer: the sweep, every minute, hands over the others.
    """
    moment = now or timezone.now()
    local = timezone.localtime(moment)
    clock: dict[str, Any] = {
        "ringing": [channel.value for channel in RINGING],
        "quiet_from": QUIET_FROM,
        "quiet_until": QUIET_UNTIL,
        "daily": Rhythm.DAILY.value,
        "clock": local.time(),
        "day": local.date(),
        "digest_at": digest_after(local),
        "zone": settings.TIME_ZONE,
        "now": moment,
    }
    with connection.cursor() as cursor:
        cursor.execute(_INSERT.replace("{selected}", selected), {**values, **clock})
        count, ready = cursor.fetchone()  # type: ignore[misc]
    if ready:
        transaction.on_commit(partial(hand_over, ready[:most_at_once]), robust=True)
    return Written(count, ready)


def wanted_channels(user: User, kind: kinds.MessageKind) -> list[Channel]:
    """Return the channels by which ``user`` wants to be told of this kind; made-up people have the inbox alone."""
    if user.is_demo:
        return [Channel.INBOX]
    choices = dict(ChannelChoice.objects.filter(user=user, kind=kind.name).values_list("channel", "wanted"))
    return [channel for channel in Channel if is_wanted(kind, channel, choices.get(channel))]


def is_wanted(kind: kinds.MessageKind, channel: Channel, choice: bool | None) -> bool:
    """Tell whether a kind goes by a channel, given what the person chose (None: nothing)."""
    if kind.mandatory and channel == Channel.INBOX:
        return True
    return channel in kind.usual if choice is None else choice


def digest_after(local: datetime) -> datetime:
    """Return when the next daily digest leaves after ``local`` (China Standard Time)."""
    day: date = local.date() if local.time() < settings.NOTIFICATION_DIGEST_AT else local.date() + timedelta(days=1)
    return datetime.combine(day, settings.NOTIFICATION_DIGEST_AT, tzinfo=local.tzinfo)
