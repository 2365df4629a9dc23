"""When the reminders were looked at."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ScanRun(models.Model):
    """One look for what is due. ``silent_since`` is set when nothing had run for a while before it: an outage."""

    started_at = models.DateTimeField(pgettext_lazy("reminder", "started"), default=timezone.now, db_index=True)
    ended_at = models.DateTimeField(pgettext_lazy("reminder", "ended"), null=True)
    silent_since = models.DateTimeField(_("silent since"), null=True)
    found = models.PositiveIntegerField(pgettext_lazy("reminder", "found"), default=0)
    sent = models.PositiveIntegerField(_("reminders written"), default=0)
    skipped = models.PositiveIntegerField(_("steps skipped"), default=0)

    class Meta:
        verbose_name = _("reminder run")
        verbose_name_plural = _("reminder runs")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.started_at):%Y-%m-%d %H:%M}"
