"""Uploaded and exported files go by a sweep of their own, every hour."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wenxi_portal.core.retention import Basis, Kept
from wenxi_portal.spreadsheets.enums import ExportState
from wenxi_portal.spreadsheets.models import ExportFile, ImportRun


class Imports(Kept):
    """Uploaded files and their rows; what was imported, by whom and how many rows stays."""

    name = "imports"
    model = ImportRun
    age = "heard_at"
    label = _("Uploaded sheets and their rows")
    deed = _("file and rows erased, the entry stays")
    by_itself = True

    @property
    def period(self) -> timedelta:
        """As set."""
        return timedelta(days=settings.IMPORT_KEPT_DAYS)

    def over(self, before: datetime) -> QuerySet[Any]:
        """Uploads that still have their file."""
        return super().over(before).filter(rows_erased_at__isnull=True)


class Exports(Kept):
    """Files that were handed out; that they were stays."""

    name = "exports"
    model = ExportFile
    age = "expires_at"
    label = _("Exported files")
    deed = _("file erased, the entry stays")
    basis = Basis.RECORD
    by_itself = True

    @property
    def period(self) -> timedelta:
        """None: the end stands on each file."""
        return timedelta(0)

    def over(self, before: datetime) -> QuerySet[Any]:
        """Files that are still there."""
        return super().over(before).exclude(state=ExportState.EXPIRED)


KINDS = [Imports(), Exports()]
