"""How a person wants to be told."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.notifications.enums import Channel, Rhythm

# Sample parameters (示例参数): quiet hours of somebody who has not chosen any.
QUIET_FROM, QUIET_UNTIL = time(21), time(8)


class ChannelChoice(models.Model):
    """A kind of message wanted, or not, by one channel. Without a row the kind's usual channels hold."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="channel_choices")
    kind = models.CharField(pgettext_lazy("message", "kind"), max_length=40)
    channel = models.CharField(pgettext_lazy("message", "channel"), max_length=10, choices=Channel)
    wanted = models.BooleanField(pgettext_lazy("message", "wanted"))

    class Meta:
        verbose_name = _("choice of channel")
        verbose_name_plural = _("choices of channels")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "channel"], name="notifications_channelchoice_once"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="notifications_channelchoice_channel"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.channel}: {self.wanted}"


class DeliveryHours(models.Model):
    """When ringing channels may ring (China Standard Time), and in which language. Equal ends mean: at any hour."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delivery_hours")
    rhythm = models.CharField(_("how often"), max_length=10, choices=Rhythm, default=Rhythm.AT_ONCE)
    language = models.CharField(
        pgettext_lazy("message", "language"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        db_default=settings.LANGUAGE_CODE,
    )
    quiet_from = models.TimeField(_("quiet from"), default=QUIET_FROM)
    quiet_until = models.TimeField(_("quiet until"), default=QUIET_UNTIL)

    class Meta:
        verbose_name = _("delivery hours")
        verbose_name_plural = _("delivery hours")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="notifications_deliveryhours_rhythm")
        ]

    def __str__(self) -> str:
        return f"{self.get_rhythm_display()}, {self.quiet_from:%H:%M}–{self.quiet_until:%H:%M}"
