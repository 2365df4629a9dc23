"""The uploaded sheet handed back: every row as it came, bad cells coloured and explained, ready to be repaired."""

import tempfile
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wenxi_portal.spreadsheets.cells import neutralise
from wenxi_portal.spreadsheets.enums import RowKind
from wenxi_portal.spreadsheets.formats import Formats
from wenxi_portal.spreadsheets.models import ImportRow, ImportRun
from wenxi_portal.spreadsheets.office import tab_name
from wenxi_portal.spreadsheets.reading.table import Table, find_tables
from wenxi_portal.spreadsheets.reading.workbook import opened
from wenxi_portal.spreadsheets.sheet import Sheet

EXACT = 10**15
Problems = dict[tuple[str, int], list[list[str]]]


def repair_workbook(run: ImportRun, sheet: Sheet) -> IO[bytes]:
    """Return the open temporary file at its beginning. Rows keep their places; the caller closes the file."""
    stream = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115  (the caller streams it)
    problems = _problems(run)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with opened(run.file.content) as book, xlsxwriter.Workbook(stream, options) as out:
        formats = Formats(out)
        bad = out.add_format({"bg_color": "#F9D9D4", "border": 1, "font_name": "SimSun", "font_size": 11})
        for table in find_tables(book.tabs, sheet, []):
            _write(out.add_worksheet(tab_name(table.tab.name)), table, problems, formats, bad)
    stream.seek(0)
    return stream


def _problems(run: ImportRun) -> Problems:
    found: Problems = defaultdict(list)
    rows = ImportRow.objects.filter(run=run, kind__in=[RowKind.ERROR, RowKind.DUPLICATE])
    for tab, number, problems, twins in rows.values_list("tab", "number", "problems", "twins").iterator():
        found[tab, number] += problems
        if twins:
            names = "、".join(name for _pk, name in twins)
            found[tab, number].append(["", _("Perhaps already on file: %(names)s.") % {"names": names}, ""])
    return found


def _write(page: Worksheet, table: Table, problems: Problems, formats: Formats, bad: Format) -> None:
    header, places = table.header, {column.name: at for at, column in table.header.places.items()}
    page.freeze_panes(header.row, 0)
    for at, column in header.places.items():
        page.set_column(at, at, column.width)
    # Rows are written in order, since each is forgotten as soon as the next begins.
    for number, cells in table.tab.rows():
        told = problems.get((table.tab.name[:100], number), [])
        by_place: dict[int, list[str]] = defaultdict(list)
        for name, message, _cell in told:
            by_place[places.get(name, min(header.places))].append(message)
        for at, cell in enumerate(cells):
            look = bad if at in by_place else formats.header if number == header.row else formats.text
            _write_cell(page, number - 1, at, cell, look)
        for at, messages in by_place.items():
            if at >= len(cells) or cells[at] in ("", None):
                page.write_blank(number - 1, at, None, bad)
            page.write_comment(number - 1, at, "\n".join(messages), {"x_scale": 1.8})


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
