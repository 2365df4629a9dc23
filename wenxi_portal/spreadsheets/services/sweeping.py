"""What a worker left lying is taken up again; what has been kept long enough is erased."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.spreadsheets.enums import ExportState, ImportState
from wenxi_portal.spreadsheets.models import ExportContent, ExportFile, ImportFile, ImportRow, ImportRun
from wenxi_portal.spreadsheets.services.queue import APPLY, MAKE, READ, hand_over

ERASED_AT_A_TIME = 50


@transaction.atomic
def take_up_stuck() -> int:
    """Hand imports and exports of which nothing is heard to a worker again; return how many.

    An import that a worker is writing just now holds its row: it is skipped.
    """
    now, count = timezone.now(), 0
    for run in ImportRun.objects.stuck().select_for_update(no_key=True, of=("self",), skip_locked=True):
        ImportRun.objects.filter(pk=run.pk).update(heard_at=now)
        hand_over(APPLY if run.state == ImportState.CONFIRMED else READ, run.pk)
        count += 1
    for export in ExportFile.objects.stuck().filter(expires_at__gt=now):
        hand_over(MAKE, export.pk)
        count += 1
    return count


def erase_old() -> int:
    """Erase files and rows of imports that ended (or were never confirmed) IMPORT_KEPT_DAYS ago, and exports that
    expired; return how many. What was imported, by whom and how many rows stays."""
    return sum(map(_erase_import, _old_imports())) + sum(map(_erase_export, ExportFile.objects.over()))


def _old_imports() -> list[ImportRun]:
    limit = timezone.now() - timedelta(days=settings.IMPORT_KEPT_DAYS)
    return list(ImportRun.objects.filter(heard_at__lt=limit, rows_erased_at__isnull=True)[:ERASED_AT_A_TIME])


@transaction.atomic
def _erase_import(run: ImportRun) -> int:
    present = ImportRun.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=run.pk).first()
    if present is None:
        return 0
    ImportRow.objects.filter(run=present).delete()
    ImportFile.objects.filter(run=present).delete()
    now = timezone.now()
    if present.ended_at is None:
        present.state, present.ended_at = ImportState.DROPPED, now
        record(actor=None, verb=Verb.MOVED, subject=present, to_state=present.state)
    present.rows_erased_at = now
    present.save(update_fields=["state", "ended_at", "rows_erased_at"])
    return 1


@transaction.atomic
def _erase_export(export: ExportFile) -> int:
    ExportContent.objects.filter(export=export).delete()
    return ExportFile.objects.filter(pk=export.pk).update(state=ExportState.EXPIRED, ids=[], password="")
