"""The default of every ringing channel: records instead of sending."""

from wenxi_portal.notifications.channels.addresses import address_of, shown_address, without_numbers
from wenxi_portal.notifications.channels.base import NeverError, Outgoing
from wenxi_portal.notifications.enums import Channel
from wenxi_portal.notifications.models import RecordedSending


class RecordingChannel:
    """Leaves a masked row that the admin shows. Tells a repetition by its key, as good gateways do."""

    def send(self, outgoing: Outgoing) -> None:
        """Record, once for each key."""
        channel = Channel(outgoing.message.channel)
        if not address_of(outgoing.recipient, channel):
            raise NeverError("no address")
        RecordedSending.objects.get_or_create(
            idempotency_key=outgoing.key,
            defaults={
                "message": outgoing.message,
                "address": shown_address(outgoing.recipient, channel),
                "text": without_numbers(f"{outgoing.subject}\n\n{outgoing.text}"),
            },
        )
