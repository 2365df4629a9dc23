"""What every private file of this room carries."""

import uuid
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wenxi_portal.core.private_files import PrivateStorage


def file_path(paper: Any, _filename: str) -> str:
    """Return where a paper lies: by its random identifier, so that no name can point elsewhere."""
    return f"internships/{paper.identifier.hex[:2]}/{paper.identifier.hex}.{paper.ending}"


class KeptFile(models.Model):
    """A private file, kept as it came: neither changed nor deleted afterwards."""

    identifier = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120)
    file = models.FileField(_("file"), storage=PrivateStorage(), upload_to=file_path, max_length=200)
    ending = models.CharField(_("file type"), max_length=5, editable=False)
    media_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    sha256 = models.CharField(_("fingerprint"), max_length=64, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["-uploaded_at", "-pk"]
        triggers = [pgtrigger.Protect(name="kept_for_good", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.title
