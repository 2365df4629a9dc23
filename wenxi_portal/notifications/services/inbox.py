"""What a person does with the own inbox."""

from django.utils import timezone

from wenxi_portal.accounts.models import User
from wenxi_portal.notifications.models import Message


def mark_read(*, user: User, message_id: int) -> Message | None:
    """Mark one of the person's own messages as read; None when there is no such message of theirs."""
    message: Message | None = Message.objects.inbox_of(user).filter(pk=message_id).first()
    if message is not None and message.read_at is None:
        message.read_at = timezone.now()
        message.save(update_fields=["read_at"])
    return message


def mark_all_read(*, user: User) -> int:
    """Mark everything in the person's inbox as read; return how many were not."""
    return Message.objects.inbox_of(user).unread().update(read_at=timezone.now())
