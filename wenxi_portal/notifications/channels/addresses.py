"""Where a person is reached by each channel, and how that may be shown."""

import re

from wenxi_portal.accounts.models import User
from wenxi_portal.core.masking import mask_email
from wenxi_portal.notifications.enums import Channel

# Seven digits and more may be a telephone, an ID or a card.
_NUMBER = re.compile(r"\d{7,}[Xx]?")


def address_of(user: User, channel: Channel) -> str:
    """Return the address; empty when the channel has none for this person."""
    if channel == Channel.EMAIL:
        return user.email or ""
    if channel == Channel.SMS:
        return user.mobile if user.mobile_verified else ""
    return str(user.pk)


def shown_address(user: User, channel: Channel) -> str:
    """Return the address masked."""
    if channel == Channel.EMAIL:
        return mask_email(user.email) if user.email else "—"
    if channel == Channel.SMS:
        return user.masked_mobile or "—"
    return str(Channel(channel).label)


def without_numbers(text: str) -> str:
    """Return ``text`` with every long number turned into stars."""
    return _NUMBER.sub(lambda found: "*" * len(found.group()), text)
