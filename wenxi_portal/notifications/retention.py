"""How long messages are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wenxi_portal.core.retention import Kept, Words
from wenxi_portal.notifications.enums import MessageState
from wenxi_portal.notifications.models import Message, RecordedSending

_OVER = (MessageState.SENT, MessageState.COLLECTED, MessageState.GIVEN_UP, MessageState.WITHDRAWN)


class Messages(Kept):
    """Messages that have left, were given up or withdrawn, with what was recorded instead of a sending."""

    name = "messages"
    model = Message
    age = "created_at"
    label = _("Messages that are over")
    deed = _("deleted")

    def over(self, before: datetime) -> QuerySet[Any]:
        """Old messages that nobody will send any more."""
        return super().over(before).filter(state__in=_OVER)

    def reasons(self) -> Sequence[tuple[Words, Q]]:
        """A digest stays as long as one of its messages."""
        return [(_("digest of messages still on file"), Q(Exists(Message.objects.filter(digest=OuterRef("pk")))))]

    def erase(self, keys: list[int]) -> None:
        """Delete messages and their recordings."""
        RecordedSending.objects.filter(message__in=keys).delete()
        super().erase(keys)


KINDS = [Messages()]
