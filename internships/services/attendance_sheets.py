"""A workbook that a host brings back: small, read at once, all of it or nothing."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from internships.models import AttendanceSheet
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.errors import DomainError
from wenxi_portal.spreadsheets.enums import RowKind
from wenxi_portal.spreadsheets.reading.limits import FileRefusedError
from wenxi_portal.spreadsheets.reading.table import find_tables
from wenxi_portal.spreadsheets.reading.workbook import Opened, opened
from wenxi_portal.spreadsheets.registry import all_sheets
from wenxi_portal.spreadsheets.services.judging import Judge
from wenxi_portal.spreadsheets.services.staging import Judgement
from wenxi_portal.spreadsheets.sheet import Sheet

MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an upload: problems as (row, column, what to do), or how many sheets were filled in."""

    problems: list[tuple[int, str, str]]
    written: int = 0


@transaction.atomic
def read_upload(*, content: bytes, actor: User) -> Result:
    """Fill drafts in from a workbook; with any problem nothing is written. The same file again changes nothing.

    Raises ``DomainError`` for a file that is no honest workbook, or holds no attendance sheet.
    """
    sheet = all_sheets()[AttendanceSheet]
    if len(content) > settings.PAPER_MAX_BYTES:
        raise DomainError(_("This file is too large."), code="too_large", field="upload")
    try:
        with opened(content) as book:
            judged = _judged(sheet, book, actor)
    except FileRefusedError as refusal:
        raise DomainError(str(refusal), code="file", field="upload") from refusal
    problems = [
        (one.row.number, _label(sheet, problem.column), problem.message)
        for one in judged
        for problem in one.row.problems
    ]
    if problems:
        return Result(problems)
    new = [one.row for one in judged if one.kind == RowKind.NEW]
    changed = [(one.row, one.on_file) for one in judged if one.kind == RowKind.CHANGED and one.on_file]
    if sheet.intake:
        sheet.intake.write(new=new, changed=changed, actor=actor)
    record(actor=actor, verb=Verb.UPLOADED, sheet="attendance", rows=len(judged))
    return Result([], len(new) + len(changed))


def _judged(sheet: Sheet, book: Opened, actor: User) -> list[Judgement]:
    tables = find_tables(book.tabs, sheet, [])
    if not tables:
        raise DomainError(
            _("No header was found: one row must name the columns name, month and the days."),
            code="header",
            field="upload",
        )
    rows = [row for table in tables for row in table.rows(book.book)]
    if not rows or len(rows) > MOST_ROWS:
        raise DomainError(_("The sheet has no rows, or more than 1,000."), code="rows", field="upload")
    return Judge(sheet, actor).judge(rows)


def _label(sheet: Sheet, name: str) -> str:
    return next((str(column.label) for column in sheet.columns if column.name and column.name == name), "")
