"""What the inbox shows."""

from typing import Any

from wenxi_portal.notifications.models import Message
from wenxi_portal.notifications.querysets import MessageQuerySet


def unread_count(user: Any) -> int:
    """Return how many messages the person has not read (0 for visitors)."""
    return Message.objects.inbox_of(user).unread().order_by().count() if user.is_authenticated else 0


def inbox(user: Any, *, only_unread: bool) -> MessageQuerySet:
    """Return the person's messages, newest first."""
    found: MessageQuerySet = Message.objects.inbox_of(user)
    return found.unread() if only_unread else found
