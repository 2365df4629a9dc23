"""A sheet on its way in: the upload, its file, and its rows until they are written."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.core.badges import Badge
from wenxi_portal.core.sealed_bytes import SealedBytesField
from wenxi_portal.spreadsheets.enums import IMPORT_BADGES, ImportState, Outcome, RowKind
from wenxi_portal.spreadsheets.querysets import ImportRunQuerySet


class ImportRun(models.Model):
    """One upload of one sheet. ``sheet`` is the model's label, ``digest`` the SHA-256 of the file.

    ``heard_at`` moves with every batch; ``attempt`` grows with each start, so that a worker taken for dead that
    comes back writes nothing more. ``counts`` holds the rows of each kind, ``facts`` what was found in the file
    (tabs, unknown headings, lines left out), ``done`` how many rows were read.
    """

    sheet = models.CharField(pgettext_lazy("import", "sheet"), max_length=60)
    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    heard_at = models.DateTimeField(auto_now_add=True, editable=False)
    attempt = models.PositiveSmallIntegerField(default=0, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    total = models.PositiveIntegerField(default=0, editable=False)
    message = models.CharField(_("what the portal says"), max_length=500, blank=True)
    counts = models.JSONField(default=dict, editable=False)
    outcomes = models.JSONField(default=dict, editable=False)
    facts = models.JSONField(default=dict, editable=False)
    sibling_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="siblings")
    rows_erased_at = models.DateTimeField(null=True, editable=False)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["state", "heard_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values),
                name="spreadsheets_importrun_state_known",
                violation_error_message=_("This is not a state of an import."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ImportState.CONFIRMED, ImportState.APPLIED]) | Q(confirmed_by__isnull=False),
                name="spreadsheets_importrun_confirmed_by_somebody",
                violation_error_message=_("An import is written only after somebody has confirmed it."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ImportState.APPLIED, ImportState.REFUSED, ImportState.DROPPED])
                | Q(ended_at__isnull=False),
                name="spreadsheets_importrun_ended_with_time",
                violation_error_message=_("An import that is over has an end."),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def badge(self) -> Badge:
        """How the state looks."""
        return IMPORT_BADGES[ImportState(self.state)]


class ImportFile(models.Model):
    """The uploaded file, sealed. Erased with the rows."""

    run = models.OneToOneField(ImportRun, on_delete=models.PROTECT, related_name="file")
    content = SealedBytesField(context="spreadsheets.importfile.content")

    def __str__(self) -> str:
        return str(self.run)


class ImportRow(models.Model):
    """One row of an upload. Personal values in ``values`` and ``changes`` are sealed.

    ``changes`` lists [column, on file, in the file]; ``problems`` [column, message, cell]; ``twins`` [number, name].
    ``accepted`` says that an officer looked at a possible duplicate and decided: it is the record ``same_as``, or,
    without one, a record of its own.
    """

    # Both indexes below begin with it.
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="rows", db_index=False)
    tab = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=RowKind)
    values: Any = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    twins = models.JSONField(default=list)
    target = models.BigIntegerField(null=True)
    revision = models.PositiveIntegerField(null=True)
    accepted = models.BooleanField(default=False)
    same_as = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    class Meta:
        ordering = ["pk"]
        # The second serves whoever writes: in the order of the file, from where the last batch ended.
        indexes = [
            models.Index(fields=["run", "kind", "id"]),
            models.Index(fields=["run", "id"], name="spreadsheets_row_in_order"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RowKind.values), name="spreadsheets_row_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.tab} {self.number}"
