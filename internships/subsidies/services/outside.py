"""Lists of other schemes: read at once, compared by keyed fingerprints, and no number of them kept."""

import hashlib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from internships.subsidies.models import OutsideEntry, OutsideList
from internships.subsidies.outside_columns import OUTSIDE
from internships.subsidies.querysets import outside_index
from internships.subsidies.services.findings import look_at
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.errors import DomainError
from wenxi_portal.spreadsheets.intake import Problem, Row
from wenxi_portal.spreadsheets.reading.limits import FileRefusedError
from wenxi_portal.spreadsheets.reading.table import find_tables
from wenxi_portal.spreadsheets.reading.workbook import opened

MOST_ROWS = 50_000
MOST_PROBLEMS = 200


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a list: problems as (row, what to do), or the list with how many findings it brought."""

    problems: list[tuple[int, str]]
    outside_list: OutsideList | None = None
    found: int = 0


@transaction.atomic
def read_outside_list(
    *, content: bytes, scheme_name: str, source: str, starts_on: date, ends_on: date | None, actor: User
) -> Result:
    """Take a list in, whole or not at all, and look at every claim that may still be paid.

    ``starts_on`` and ``ends_on`` hold for rows that name no days. The same file again changes nothing. Raises
    ``DomainError`` for a file that is no honest workbook or has no column with ID numbers.
    """
    digest = hashlib.sha256(content).hexdigest()
    known = OutsideList.objects.filter(file_hash=digest).first()
    if known is not None:
        return Result([], known)
    entries: dict[tuple[str, date], date | None] = {}
    problems: list[tuple[int, str]] = []
    for row in _rows(content):
        first, last = _days(row, starts_on, ends_on)
        if not row.problems and last is not None and last < first:
            row.refuse("ends_on", _("The last day lies before the first day."))
        problems += [(row.number, _named(problem)) for problem in row.problems]
        if not row.problems:
            entries[outside_index(row.values["id_number"]), first] = last
    if problems:
        return Result(problems[:MOST_PROBLEMS])
    made = OutsideList.objects.create(
        scheme_name=scheme_name.strip(), source=source.strip(), uploaded_by=actor, file_hash=digest, rows=len(entries)
    )
    OutsideEntry.objects.bulk_create(
        [
            OutsideEntry(outside_list=made, id_index=index, starts_on=first, ends_on=last)
            for (index, first), last in entries.items()
        ],
        batch_size=5000,
    )
    record(actor=actor, verb=Verb.UPLOADED, subject=made, rows=len(entries))
    return Result([], made, look_at()["new"])


def _named(problem: Problem) -> str:
    """Return what is wrong with a cell, the column's name in front."""
    label = next((column.label for column in OUTSIDE.columns if column.name == problem.column), "")
    return _("%(label)s: %(error)s") % {"label": label, "error": problem.message} if label else problem.message


def _rows(content: bytes) -> list[Row]:
    if len(content) > settings.PAPER_MAX_BYTES:
        raise DomainError(_("This file is too large."), code="too_large", field="upload")
    try:
        with opened(content) as book:
            rows = [row for table in find_tables(book.tabs, OUTSIDE, []) for row in table.rows(book.book)]
    except FileRefusedError as refusal:
        raise DomainError(str(refusal), code="file", field="upload") from refusal
    if not rows or len(rows) > MOST_ROWS:
        raise DomainError(
            _("No row with an ID number was found, or more than 50,000. One row must name the columns."),
            code="rows",
            field="upload",
        )
    return rows


def _days(row: Row, starts_on: date, ends_on: date | None) -> tuple[date, date | None]:
    """Return the days of a row; months and years count from their first day to their last."""
    first, last = row.values.get("starts_on"), row.values.get("ends_on")
    return _day(first, is_end=False) or starts_on, _day(last, is_end=True) or (ends_on if not first else None)


def _day(written: Any, *, is_end: bool) -> date | None:
    if not written:
        return None
    year, month, day = (*map(int, str(written).split("-")), 0, 0)[:3]
    month = month or (12 if is_end else 1)
    return date(year, month, day or (monthrange(year, month)[1] if is_end else 1))
