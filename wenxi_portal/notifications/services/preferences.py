"""The only writer of how somebody wants to be told."""

from collections.abc import Collection
from datetime import time

from django.conf import settings
from django.db import transaction

from wenxi_portal.accounts.models import User
from wenxi_portal.notifications import kinds
from wenxi_portal.notifications.enums import Channel, Rhythm
from wenxi_portal.notifications.models import ChannelChoice, DeliveryHours


@transaction.atomic
def choose(
    *,
    user: User,
    wanted: Collection[tuple[str, Channel]],
    rhythm: Rhythm,
    quiet_from: time,
    quiet_until: time,
    language: str = settings.LANGUAGE_CODE,
) -> DeliveryHours:
    """Keep what the person wants: pairs of kind and channel, how often, when not to ring, and in which language.

    A mandatory kind reaches the inbox whatever is chosen. Kinds that cannot concern the person stay as they are: who
    joins the staff later has not declined them.
    """
    for kind in kinds.kinds_for(user):
        for channel in Channel:
            is_chosen = (kind.name, channel) in wanted or (kind.mandatory and channel == Channel.INBOX)
            ChannelChoice.objects.update_or_create(
                user=user, kind=kind.name, channel=channel, defaults={"wanted": is_chosen}
            )
    hours, _created = DeliveryHours.objects.update_or_create(
        user=user,
        defaults={"rhythm": rhythm, "quiet_from": quiet_from, "quiet_until": quiet_until, "language": language},
    )
    return hours
