"""What became of every step."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.core.append_only import kept_a_year
from wenxi_portal.notifications.enums import Channel
from wenxi_portal.reminders.enums import Outcome, SkipReason
from wenxi_portal.reminders.models.scan_run import ScanRun


class LedgerEntry(models.Model):
    """One step for one person by one channel: reminded, or skipped with the reason. Written once.

    A step skipped as a whole (too late, superseded) has neither person nor channel. The message of a sent entry has
    the key ``reminder:<entry>``. ``planned_at`` is when the step came; ``at`` when it was dealt with.
    """

    kind = models.CharField(pgettext_lazy("reminder", "kind"), max_length=40)
    object_id = models.BigIntegerField(_("record number"))
    version = models.PositiveIntegerField(pgettext_lazy("reminder", "version"))
    due_on = models.DateField(_("due on"))
    step = models.CharField(pgettext_lazy("reminder", "step"), max_length=20)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("reminder", "person"),
        on_delete=models.PROTECT,
        null=True,
        related_name="reminders",
    )
    channel = models.CharField(pgettext_lazy("reminder", "channel"), max_length=10, choices=Channel, blank=True)
    state = models.CharField(pgettext_lazy("reminder", "outcome"), max_length=8, choices=Outcome)
    reason = models.CharField(pgettext_lazy("reminder", "reason"), max_length=16, choices=SkipReason, blank=True)
    note = models.CharField(pgettext_lazy("reminder", "note"), max_length=200, blank=True)
    planned_at = models.DateTimeField(pgettext_lazy("reminder", "planned"))
    at = models.DateTimeField(pgettext_lazy("reminder", "at"), default=timezone.now)
    # Checked by nobody at each row: entries are written in the run's own transaction by the tens of thousands, and
    # a run with entries is never removed.
    run = models.ForeignKey(ScanRun, on_delete=models.PROTECT, null=True, related_name="entries", db_constraint=False)

    class Meta:
        verbose_name = pgettext_lazy("reminder", "reminder")
        verbose_name_plural = pgettext_lazy("reminder", "reminders")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                fields=["at", "recipient"],
                name="reminders_cap",
                condition=Q(state=Outcome.SENT) & ~Q(channel=Channel.INBOX),
            ),
            models.Index(fields=["run"], name="reminders_run"),
        ]
        triggers = kept_a_year()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "version", "step", "recipient", "channel"],
                nulls_distinct=False,
                name="reminders_ledger_once",
            ),
            models.CheckConstraint(
                condition=Q(state=Outcome.SENT, reason="", recipient__isnull=False) & ~Q(channel="")
                | Q(state=Outcome.SKIPPED, reason__in=SkipReason.values),
                name="reminders_ledger_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.step}: {self.state}"
