"""A paper of a base or of an agreement."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bases.enums import DocumentKind
from bases.models.agreement import Agreement
from bases.models.base import Base
from bases.querysets import DocumentQuerySet
from wenxi_portal.core.content_version import moves_content_version
from wenxi_portal.core.history import tracked
from wenxi_portal.core.private_files import PrivateStorage


def paper_path(document: "Document", _filename: str) -> str:
    """Return where a paper lies: by its random identifier, so that no name can point elsewhere."""
    return f"bases/{document.identifier.hex[:2]}/{document.identifier.hex}.{document.ending}"


@tracked()
class Document(models.Model):
    """A file kept for good. A newer version is a new row that names the one it replaces; nothing is overwritten.

    The database refuses every later change but of the title and of whether the public may read it, and every deletion.
    """

    identifier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    base = models.ForeignKey(Base, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    kind = models.CharField(_("kind"), max_length=8, choices=DocumentKind)
    title = models.CharField(_("title"), max_length=120)
    file = models.FileField(_("file"), storage=PrivateStorage(), upload_to=paper_path, max_length=200)
    ending = models.CharField(_("file type"), max_length=5, editable=False)
    media_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    sha256 = models.CharField(_("fingerprint"), max_length=64, editable=False)
    replaces = models.OneToOneField(
        "self", verbose_name=_("replaces"), on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    is_public = models.BooleanField(_("public may read it"), default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["-uploaded_at", "-pk"]
        triggers = [
            moves_content_version(),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="never_overwritten",
                operation=pgtrigger.UpdateOf(
                    "identifier",
                    "base_id",
                    "agreement_id",
                    "kind",
                    "file",
                    "ending",
                    "media_type",
                    "size",
                    "sha256",
                    "replaces_id",
                    "uploaded_by_id",
                ),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="bases_document_kind_known"),
            models.CheckConstraint(
                condition=Q(base__isnull=False, agreement__isnull=True) | Q(base__isnull=True, agreement__isnull=False),
                name="bases_document_one_owner",
                violation_error_message=_("A paper belongs to a base or to an agreement."),
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                name="bases_document_not_own_successor",
            ),
            models.UniqueConstraint(
                fields=["base", "agreement", "sha256"],
                nulls_distinct=False,
                name="bases_document_same_file_once",
                violation_error_message=_("This very file is already on file here."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
