"""Signs of life."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wenxi_portal.reminders.enums import Pulse


class Heartbeat(models.Model):
    """When clock, worker and the way between them were last heard of; each writes its row every minute."""

    name = models.CharField(max_length=10, primary_key=True, choices=Pulse)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"
