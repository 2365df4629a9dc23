"""What is watched: one row for each kind of reminder and record, with the moment to look at it again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.organisations.models import Organisation


class Deadline(models.Model):
    """A due date of one record. Written by ``services.comparing`` and ``services.scanning`` alone.

    ``version`` grows with every new due date, and the ladder starts again. ``next_at`` is when the step at
    ``next_position`` is looked at; it is empty when no step is left, so that a scan reads only what is due.
    """

    kind = models.CharField(pgettext_lazy("reminder", "kind"), max_length=40)
    object_id = models.BigIntegerField(_("record number"))
    title = models.CharField(pgettext_lazy("reminder", "record"), max_length=200)
    unit = models.ForeignKey(
        Organisation,
        verbose_name=pgettext_lazy("reminder", "unit"),
        on_delete=models.PROTECT,
        null=True,
        related_name="deadlines",
        # Nobody asks by unit or owner, and a scan moves deadlines on by the thousands: each index would be paid for.
        db_index=False,
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("reminder", "in charge"),
        on_delete=models.PROTECT,
        null=True,
        related_name="deadlines",
        db_index=False,
    )
    due_on = models.DateField(_("due on"))
    version = models.PositiveIntegerField(pgettext_lazy("reminder", "version"), default=1)
    next_position = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(_("next look"), null=True)
    resolved_at = models.DateTimeField(pgettext_lazy("reminder", "resolved"), null=True)

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["due_on", "pk"]
        permissions = [("settle_deadline", _("Can end the reminders about a record"))]
        indexes = [models.Index(fields=["next_at"], name="reminders_next", condition=Q(next_at__isnull=False))]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="reminders_deadline_once"),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True) | Q(next_at__isnull=True), name="reminders_deadline_resolved"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.due_on}"


class LadderProgress(models.Model):
    """Up to when the rows of a kind have been compared with their deadlines, and by which version of its ladder."""

    kind = models.CharField(max_length=40, primary_key=True)
    compared_at = models.DateTimeField(default=timezone.now)
    compared_wholly_at = models.DateTimeField(default=timezone.now)
    signature = models.CharField(max_length=400)

    class Meta:
        verbose_name = _("progress of a ladder")
        verbose_name_plural = _("progress of ladders")
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.kind
