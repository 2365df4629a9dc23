"""Reading an uploaded file in the background: every row judged against what is on file, nothing written yet."""

import logging
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from wenxi_portal.accounts.models import User
from wenxi_portal.core.collecting import collector_at_rest
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.wording import word_list
from wenxi_portal.spreadsheets.enums import IMPORT_TRANSITIONS, ImportState
from wenxi_portal.spreadsheets.intake import Row
from wenxi_portal.spreadsheets.models import ImportRow, ImportRun
from wenxi_portal.spreadsheets.reading.limits import MAX_ROWS, FileRefusedError
from wenxi_portal.spreadsheets.reading.table import Table, closest_header, find_tables
from wenxi_portal.spreadsheets.reading.workbook import Opened, opened
from wenxi_portal.spreadsheets.registry import imports_for
from wenxi_portal.spreadsheets.services.judging import Judge
from wenxi_portal.spreadsheets.services.staging import stage
from wenxi_portal.spreadsheets.services.uploads import start_import
from wenxi_portal.spreadsheets.sheet import Sheet

BATCH = 2000
MOST_ATTEMPTS = 3
LISTED = 20

logger = logging.getLogger(__name__)


class OvertakenError(Exception):
    """Another worker has taken the import over: this one writes nothing more."""


def read_import(run_id: int) -> None:
    """Read the file of the import ``run_id`` and put it up for confirmation.

    Runs again from the start after a kill: what an earlier attempt left is removed first. A file that is no honest
    sheet is refused with one sentence. Leaves quietly when the import is gone or already read.
    """
    run = _claim(run_id)
    if run is None:
        return
    sheet = imports_for(run.uploaded_by).get(run.sheet)
    with override("zh-hans"):
        if sheet is None:
            _end(run, ImportState.REFUSED, message=_("Your account may not bring in such rows."))
            return
        try:
            with collector_at_rest(), opened(bytes(run.file.content)) as book:
                _read(run, sheet, book)
        except FileRefusedError as refusal:
            _end(run, ImportState.REFUSED, message=str(refusal))
        except OvertakenError:
            logger.info("Import %d was taken over.", run_id)


@transaction.atomic
def _claim(run_id: int) -> ImportRun | None:
    """Take the import for this worker, and clear away what another one left."""
    run = ImportRun.objects.select_for_update(no_key=True, of=("self",)).filter(pk=run_id).first()
    if run is None or not IMPORT_TRANSITIONS.allows(run.state, ImportState.READING):
        return None
    ImportRow.objects.filter(run=run).delete()
    run.attempt += 1
    run.heard_at = timezone.now()
    run.state = ImportState.READING if run.attempt <= MOST_ATTEMPTS else ImportState.FAILED
    run.done, run.counts, run.facts = 0, {}, {}
    if run.state == ImportState.FAILED:
        run.message = _("Reading stopped several times. Nothing was written. Begin again, or split the file.")
    run.save()
    return run if run.state == ImportState.READING else None


def _read(run: ImportRun, sheet: Sheet, book: Opened) -> None:
    importable = imports_for(run.uploaded_by)
    others = {label: other for label, other in importable.items() if label != run.sheet}
    tables = find_tables(book.tabs, sheet, list(others.values()))
    if not tables:
        raise FileRefusedError(_what_is_missing(book, sheet))
    _heard(run, total=sum(table.tab.height for table in tables))
    judge = Judge(sheet, run.uploaded_by)
    counts: Counter[str] = Counter()
    for table in tables:
        rows = table.rows(book.book)
        while batch := list(islice(rows, BATCH)):
            _read_batch(run, sheet, judge, batch, counts)
    if not counts:
        raise FileRefusedError(_("The header was found, but there is no row below it."))
    facts = _facts(book, tables)
    facts["siblings"] = _start_siblings(run, book, others, {table.tab.name for table in tables})
    _end(run, ImportState.READY, counts=dict(counts), facts=facts)


@transaction.atomic
def _read_batch(run: ImportRun, sheet: Sheet, judge: Judge, batch: list[Row], counts: Counter[str]) -> None:
    judged = judge.judge(batch)
    counts.update(one.kind.value for one in judged)
    if counts.total() > MAX_ROWS:
        raise FileRefusedError(_("More than %(most)d rows: split the file.") % {"most": MAX_ROWS})
    stage(run, sheet, judged)
    _heard(run, done=F("done") + len(batch))


def _heard(run: ImportRun, **changes: object) -> None:
    """Tell that this worker lives. Raises ``OvertakenError`` when the import is no longer this worker's."""
    mine = ImportRun.objects.filter(pk=run.pk, attempt=run.attempt, state=ImportState.READING)
    if not mine.update(heard_at=timezone.now(), **changes):
        raise OvertakenError


def _end(run: ImportRun, state: ImportState, **changes: object) -> None:
    ended = None if state == ImportState.READY else timezone.now()
    IMPORT_TRANSITIONS.check(ImportState.READING, state)
    _heard(run, state=state, ended_at=ended, **changes)


def _what_is_missing(book: Opened, sheet: Sheet) -> str:
    header = closest_header(book.tabs, sheet)
    if header is None:
        words = word_list(str(column.label) for column in sheet.taken_in if column.required)
        return _("No header was found: one row must name the columns, among them %(columns)s.") % {"columns": words}
    words = word_list(str(column.label) for column in header.missing)
    if not words:
        return _("This file rather holds another sheet. Choose that one, then upload it again.")
    return _("The header stands in row %(row)d, but these columns are missing: %(columns)s.") % {
        "row": header.row,
        "columns": words,
    }


def _facts(book: Opened, tables: list[Table]) -> dict[str, object]:
    read = {table.tab.name for table in tables}
    return {
        "tabs": [[table.tab.name, table.header.row] for table in tables],
        "other_tabs": [tab.name for tab in book.tabs if tab.name not in read][:LISTED],
        "unknown": list(dict.fromkeys(word for table in tables for word in table.header.unknown))[:LISTED],
        "left_out": [[table.tab.name, number] for table in tables for number in table.left_out][:LISTED],
    }


def _start_siblings(run: ImportRun, book: Opened, others: dict[str, Sheet], read: set[str]) -> list[int]:
    """Two sheets in one file: begin an import for each other declared sheet that the file holds."""
    if run.sibling_of_id or run.siblings.exists():
        return [sibling.pk for sibling in run.siblings.all()]
    rest = [tab for tab in book.tabs if tab.name not in read]
    return list(_siblings(run, others, rest)) if rest else []


def _siblings(run: ImportRun, others: dict[str, Sheet], rest: list) -> Iterator[int]:
    actor: User = run.uploaded_by
    for label, other in others.items():
        rivals = [sheet for name, sheet in others.items() if name != label]
        if not find_tables(rest, other, rivals):
            continue
        try:
            yield start_import(
                sheet=label, content=bytes(run.file.content), file_name=run.file_name, actor=actor, sibling_of=run
            ).pk
        except DomainError:
            continue
