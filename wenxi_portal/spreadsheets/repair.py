"""The uploaded sheet handed back: every row as it came, bad cells coloured and explained, ready to be repaired."""

import tempfile
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wenxi_portal.core.wording import labelled, part_list, word_list
from wenxi_portal.spreadsheets.cells import neutralise
from wenxi_portal.spreadsheets.enums import RowKind
from wenxi_portal.spreadsheets.formats import Formats
from wenxi_portal.spreadsheets.models import ImportRow, ImportRun
from wenxi_portal.spreadsheets.office import tab_name
from wenxi_portal.spreadsheets.reading.table import Table, find_tables
from wenxi_portal.spreadsheets.reading.workbook import opened
from wenxi_portal.spreadsheets.sheet import Sheet

EXACT = 10**15
# A longer import gets its bad rows only; so does one with more bad rows than are explained in notes.
MOST_ROWS = 20_000
# Each note costs as much as twenty cells, in the file and in Excel: of more bad rows than this, all are explained in a
# column of their own, whose heading no sheet knows, so that it is passed over when the file comes back.
MOST_NOTES = 2_000
WIDE = 60
_BAD = (RowKind.ERROR, RowKind.DUPLICATE)
Problems = dict[tuple[str, int], list[list[str]]]


def repair_workbook(run: ImportRun, sheet: Sheet) -> IO[bytes]:
    """Return the open temporary file at its beginning; the caller closes it.

    Rows keep their places. Of a long import (see ``is_long``) the head and all bad rows are handed back, one below the
    other. Making those takes time: a worker does it.
    """
    stream = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115  (the caller streams it)
    problems = _problems(run)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with opened(run.file.content) as book, xlsxwriter.Workbook(stream, options) as out:
        formats = Formats(out)
        bad = out.add_format({"bg_color": "#F9D9D4", "border": 1, "font_name": "SimSun", "font_size": 11})
        for table in find_tables(book.tabs, sheet, []):
            pen = _Pen(out.add_worksheet(tab_name(table.tab.name)), table, formats, bad)
            pen.write(problems, bad_only=is_long(run), in_notes=len(problems) <= MOST_NOTES)
    stream.seek(0)
    return stream


def bad_rows(run: ImportRun) -> int:
    """Return how many rows are handed back to be repaired."""
    return sum(run.counts.get(kind.value, 0) for kind in _BAD)


def is_long(run: ImportRun) -> bool:
    """Tell whether only the bad rows come back, from a worker."""
    return sum(run.counts.values()) > MOST_ROWS or bad_rows(run) > MOST_NOTES


def _problems(run: ImportRun) -> Problems:
    found: Problems = defaultdict(list)
    rows = ImportRow.objects.filter(run=run, kind__in=_BAD)
    for tab, number, problems, twins in rows.values_list("tab", "number", "problems", "twins").iterator():
        found[tab, number] += problems
        if twins:
            names = word_list(name for _pk, name in twins)
            found[tab, number].append(["", _("Perhaps already on file: %(names)s.") % {"names": names}, ""])
    return found


class _Pen:
    """Writes a tab back, row after row, since each is forgotten as soon as the next begins."""

    def __init__(self, page: Worksheet, table: Table, formats: Formats, bad: Format) -> None:
        self.page, self.table, self.formats, self.bad = page, table, formats, bad
        self.in_notes, self.column = True, 0
        self.places = {column.name: at for at, column in table.header.places.items()}
        page.freeze_panes(table.header.row, 0)
        for at, column in table.header.places.items():
            page.set_column(at, at, column.width)

    def write(self, problems: Problems, *, bad_only: bool, in_notes: bool) -> None:
        """Write all rows in their places, or the head and the bad ones below each other."""
        head, line, self.in_notes = self.table.header.row, 0, in_notes
        for number, cells in self.table.tab.rows():
            told = problems.get((self.table.tab.name[:100], number), [])
            if bad_only and number > head and not told:
                continue
            line = line + 1 if bad_only else number
            if number == head and not in_notes:
                self._explained_at(len(cells))
            self._row(line - 1, cells, told, is_head=number == head)

    def _explained_at(self, at: int) -> None:
        self.column = max(at, *(place + 1 for place in self.table.header.places))
        self.page.set_column(self.column, self.column, WIDE)

    def _row(self, line: int, cells: list[Any], told: list[list[str]], *, is_head: bool) -> None:
        by_place: dict[int, list[str]] = defaultdict(list)
        for name, message, _cell in told:
            by_place[self.places.get(name, min(self.table.header.places))].append(message)
        plain = self.formats.header if is_head else self.formats.text
        for at, cell in enumerate(cells):
            _write_cell(self.page, line, at, cell, self.bad if at in by_place else plain)
        for at, messages in by_place.items():
            if at >= len(cells) or cells[at] in ("", None):
                self.page.write_blank(line, at, None, self.bad)
            if self.in_notes:
                self.page.write_comment(line, at, "\n".join(messages), {"x_scale": 1.8})
        if not self.in_notes and (told or is_head):
            words = _("What to repair") if is_head else part_list(self._called(*each) for each in told)
            self.page.write_string(line, max(self.column, len(cells)), neutralise(words), plain)

    def _called(self, name: str, message: str, _cell: str) -> str:
        """Return a problem with the heading of its column."""
        place = self.places.get(name)
        return labelled(self.table.header.places[place].label, message) if place is not None else message


def _write_cell(page: Worksheet, row: int, at: int, cell: Any, look: Format) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, (bool, str, time, timedelta)):
        page.write_string(row, at, neutralise(str(cell)), look)
    elif isinstance(cell, (int, float)):
        # A number of more than 15 digits stays as Excel has made it, so that the note beside it is understood.
        if abs(cell) < EXACT:
            page.write_number(row, at, cell, look)
        else:
            page.write_string(row, at, f"{cell:.14E}", look)
    elif isinstance(cell, (date, datetime)):
        page.write_string(row, at, cell.isoformat()[:10], look)
    else:
        page.write_string(row, at, neutralise(str(cell)), look)
