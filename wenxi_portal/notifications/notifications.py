"""What this room itself tells: the daily digest."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wenxi_portal.notifications.kinds import MessageKind, Params, declare
from wenxi_portal.notifications.models import Message


def _subject(params: Params) -> str:
    count = len(params["messages"])
    return ngettext("%(count)d message for you today", "%(count)d messages for you today", count) % {"count": count}


def _body(params: Params) -> str:
    lines = [message.subject for message in Message.objects.filter(pk__in=params["messages"]).order_by("pk")]
    return "\n".join([*(f"· {line}" for line in lines), "", _("All of them stand in your inbox.")])


declare(
    MessageKind(
        name="digest",
        label=gettext_lazy("Daily digest"),
        subject=_subject,
        body=_body,
        url=lambda _params: reverse("notifications:inbox"),
        shown=False,
    )
)
