"""Channels, the states of a message, how often somebody wants to be told."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.core.badges import Badge


class Channel(models.TextChoices):
    """A way to reach a person. The inbox is silent and always works; the others leave the house."""

    INBOX = "inbox", _("In-site inbox")
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    WECOM = "wecom", _("WeCom group robot")


# Channels that ring somewhere: quiet hours, the digest and the weekly cap are about these.
RINGING = (Channel.EMAIL, Channel.SMS, Channel.WECOM)


class MessageState(models.TextChoices):
    """Where a message stands on its way out."""

    WAITING = "waiting", pgettext_lazy("message", "waiting")
    CLAIMED = "claimed", pgettext_lazy("message", "being sent")
    SENT = "sent", pgettext_lazy("message", "sent")
    COLLECTED = "collected", pgettext_lazy("message", "in the daily digest")
    GIVEN_UP = "given_up", pgettext_lazy("message", "given up")
    WITHDRAWN = "withdrawn", pgettext_lazy("message", "withdrawn")


MESSAGE_BADGES = {
    MessageState.WAITING: Badge("info", "clock"),
    MessageState.CLAIMED: Badge("info", "arrow"),
    MessageState.SENT: Badge("success", "check"),
    MessageState.COLLECTED: Badge("success", "paper"),
    MessageState.GIVEN_UP: Badge("danger", "error"),
    MessageState.WITHDRAWN: Badge("muted", "closed"),
}


class Rhythm(models.TextChoices):
    """How often somebody wants to be told by ringing channels."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, all together")
