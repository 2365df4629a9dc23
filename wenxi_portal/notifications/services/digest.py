"""One message a day instead of many."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from wenxi_portal.notifications.enums import MessageState
from wenxi_portal.notifications.models import Message
from wenxi_portal.notifications.services.handing_over import hand_over

KIND = "digest"


def collect_digests(*, now: datetime | None = None) -> int:
    """Put what waits for a digest whose hour has come into one message for each person and channel.

    Returns how many digests were written. Safe to run at any time, twice and after a pause.
    """
    moment = now or timezone.now()
    due = Message.objects.filter(state=MessageState.WAITING, in_digest=True, next_attempt_at__lte=moment)
    pairs = list(due.order_by("recipient", "channel").values_list("recipient_id", "channel").distinct())
    written = [pk for recipient, channel in pairs if (pk := _collect(recipient, channel, moment))]
    hand_over(written)
    return len(written)


@transaction.atomic
def _collect(recipient_id: int, channel: str, now: datetime) -> int | None:
    """Write one digest; None when another collector was quicker."""
    rows = Message.objects.filter(
        recipient=recipient_id, channel=channel, state=MessageState.WAITING, in_digest=True, next_attempt_at__lte=now
    )
    found = list(rows.select_for_update(no_key=True).order_by("pk"))
    if not found:
        return None
    digest = Message.objects.create(
        recipient_id=recipient_id,
        kind=KIND,
        channel=channel,
        dedup_key=f"{KIND}:{found[0].pk}:{found[-1].pk}",
        params={"messages": [message.pk for message in found]},
        next_attempt_at=now,
    )
    rows.filter(pk__in=[message.pk for message in found]).update(state=MessageState.COLLECTED, digest=digest)
    return digest.pk
