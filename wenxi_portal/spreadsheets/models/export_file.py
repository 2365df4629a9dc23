"""A list that is made into a file in the background and kept for a day."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.core.badges import Badge
from wenxi_portal.core.fields import SealedTextField
from wenxi_portal.core.sealed_bytes import SealedBytesField
from wenxi_portal.spreadsheets.enums import EXPORT_BADGES, ExportState
from wenxi_portal.spreadsheets.querysets import ExportFileQuerySet


class ExportFile(models.Model):
    """Which records were asked for, by whom and why. ``ids`` keeps the order of the list on screen.

    With ``repairs`` it holds the bad rows of that import instead. ``password`` is sealed and erased once the file is
    made.
    """

    sheet = models.CharField(pgettext_lazy("import", "sheet"), max_length=60)
    file_name = models.CharField(_("file"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=ExportState, default=ExportState.WAITING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked for by"), on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("kept until"))
    reason = models.CharField(_("reason"), max_length=500)
    language = models.CharField(max_length=10, editable=False)
    unit = models.CharField(max_length=120, editable=False)
    rows = models.PositiveIntegerField(_("rows"))
    ids = ArrayField(models.BigIntegerField(), editable=False)
    password = SealedTextField(context="spreadsheets.exportfile.password", blank=True, editable=False)
    is_protected = models.BooleanField(_("protected by a password"), default=False)
    reveals = models.BooleanField(_("numbers in full"), default=False, db_default=False)

    repairs = models.ForeignKey(
        "ImportRun", on_delete=models.PROTECT, null=True, editable=False, related_name="repair_files"
    )

    objects = ExportFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("exported file")
        verbose_name_plural = _("exported files")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state", "expires_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ExportState.values),
                name="spreadsheets_exportfile_state_known",
                violation_error_message=_("This is not a state of an export."),
            ),
            models.CheckConstraint(
                condition=Q(state=ExportState.WAITING) | Q(password=""),
                name="spreadsheets_exportfile_password_forgotten",
                violation_error_message=_("The password is forgotten once the file is made."),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def badge(self) -> Badge:
        """How the state looks."""
        return EXPORT_BADGES[ExportState(self.state)]


class ExportContent(models.Model):
    """The file itself, sealed. Erased when its time is over."""

    export = models.OneToOneField(ExportFile, on_delete=models.PROTECT, related_name="content")
    content = SealedBytesField(context="spreadsheets.exportcontent.content")

    def __str__(self) -> str:
        return str(self.export)
