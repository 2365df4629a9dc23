"""One deed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wenxi_portal.audit.enums import Verb
from wenxi_portal.core.append_only import kept_a_year


class AuditEntry(models.Model):
    """Who did what to which record, when and why. Written once; the database refuses change, and deletion
    within a year.

    ``details`` holds counts, field names and states, never personal data.
    """

    at = models.DateTimeField(_("at"), auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="audit_entries",
    )
    verb = models.CharField(_("deed"), max_length=20, choices=Verb)
    subject_type = models.CharField(_("kind of record"), max_length=60, blank=True)
    subject_id = models.CharField(_("record number"), max_length=40, blank=True)
    subject = models.CharField(_("record"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-pk"]
        permissions = [("view_retention", _("Can see how long records are kept"))]
        indexes = [models.Index(fields=["subject_type", "subject_id"])]
        triggers = kept_a_year()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_verb_display()} {self.subject}"
