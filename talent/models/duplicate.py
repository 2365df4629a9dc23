"""What an officer said about two records that look alike."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from talent.models.person import Person


class NotDuplicate(models.Model):
    """Two records of two different people. The one with the smaller number is ``first``."""

    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("not a duplicate")
        verbose_name_plural = _("not duplicates")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="talent_notduplicate_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="talent_notduplicate_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"


class Merge(models.Model):
    """One record went into another. ``moved`` and ``taken`` hold row numbers and field names, enough to undo it."""

    kept = models.ForeignKey(
        Person, verbose_name=_("record kept"), on_delete=models.PROTECT, related_name="merges_kept"
    )
    gone = models.ForeignKey(
        Person, verbose_name=_("record merged"), on_delete=models.PROTECT, related_name="merges_gone"
    )
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)
    moved = models.JSONField(default=dict)
    taken = models.JSONField(default=list)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at__isnull=True), name="talent_merge_once"),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="talent_merge_two"),
        ]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"
