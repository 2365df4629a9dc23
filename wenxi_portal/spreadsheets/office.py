"""A sheet as offices expect it: title, unit and date line, header, numbered rows, total, sign-off line."""

import tempfile
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from wenxi_portal.spreadsheets.cells import neutralise
from wenxi_portal.spreadsheets.formats import Formats
from wenxi_portal.spreadsheets.sheet import Cell, ColumnKind, Sheet

NUMBER_WIDTH = 6
TITLE_ROW, UNIT_ROW, HEADER_ROW, FIRST_ROW = 0, 1, 2, 3
# How many characters Excel takes for the name of a sheet.
TAB_NAME_LENGTH = 28


def office_workbook(sheet: Sheet, rows: Iterable[Any], *, unit: str, day: date) -> tuple[IO[bytes], int]:
    """Write ``rows`` into a workbook; return the open temporary file at its beginning and how many rows it holds.

    ``unit`` is the unit that fills the sheet in, ``day`` the day it does (China Standard Time). Each row is written
    out and forgotten, so that memory does not grow with their number. The caller closes the file.
    """
    stream = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115  (the caller streams it)
    with xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet(tab_name(str(sheet.title)))
        formats = Formats(book)
        _set_up_print(page, sheet)
        _write_heading(page, formats, sheet, unit=unit, day=day)
        count, totals = _write_rows(page, formats, sheet, rows)
        _write_foot(page, formats, sheet, count, totals)
    stream.seek(0)
    return stream, count


def _set_up_print(page: Worksheet, sheet: Sheet) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADER_ROW)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.set_footer("&C&P / &N")
    page.freeze_panes(FIRST_ROW, 0)
    page.set_column(0, 0, NUMBER_WIDTH)
    for at, column in enumerate(sheet.columns, start=1):
        page.set_column(at, at, column.width)


def _write_heading(page: Worksheet, formats: Formats, sheet: Sheet, *, unit: str, day: date) -> None:
    last = len(sheet.columns)
    half = max(1, last // 2)
    page.set_row(TITLE_ROW, 30)
    page.merge_range(TITLE_ROW, 0, TITLE_ROW, last, str(sheet.title), formats.title)
    page.set_row(UNIT_ROW, 20)
    page.merge_range(UNIT_ROW, 0, UNIT_ROW, half, _("Unit: %(unit)s") % {"unit": neutralise(unit)}, formats.line)
    day_words = _("Date: %(date)s") % {"date": date_format(day, "DATE_FORMAT")}
    if last - half > 1:
        page.merge_range(UNIT_ROW, half + 1, UNIT_ROW, last, day_words, formats.line_right)
    else:
        page.write_string(UNIT_ROW, last, day_words, formats.line_right)
    page.set_row(HEADER_ROW, 24)
    page.write_string(HEADER_ROW, 0, _("No."), formats.header)
    for at, column in enumerate(sheet.columns, start=1):
        page.write_string(HEADER_ROW, at, str(column.label), formats.header)


def _write_rows(
    page: Worksheet, formats: Formats, sheet: Sheet, rows: Iterable[Any]
) -> tuple[int, dict[int, int | Decimal]]:
    totals: dict[int, int | Decimal] = {at: 0 for at, column in enumerate(sheet.columns, start=1) if column.total}
    count = 0
    for count, record in enumerate(rows, start=1):
        row = FIRST_ROW + count - 1
        page.write_number(row, 0, count, formats.number)
        for at, column in enumerate(sheet.columns, start=1):
            value = column.value(record)
            _write_cell(page, formats, (row, at), column.kind, value)
            if at in totals and isinstance(value, (int, Decimal)):
                totals[at] += value
    return count, totals


def _write_cell(page: Worksheet, formats: Formats, place: tuple[int, int], kind: ColumnKind, value: Cell) -> None:
    if value is None or value == "":
        page.write_blank(*place, None, formats.text)
    elif kind is ColumnKind.DATE and isinstance(value, date):
        page.write_datetime(*place, value, formats.date)
    elif kind in {ColumnKind.NUMBER, ColumnKind.MONEY} and isinstance(value, (int, Decimal)):
        page.write_number(*place, value, formats.money if kind is ColumnKind.MONEY else formats.number)
    else:
        page.write_string(*place, neutralise(str(value)), formats.code if kind is ColumnKind.CODE else formats.text)


def _write_foot(page: Worksheet, formats: Formats, sheet: Sheet, count: int, totals: dict[int, int | Decimal]) -> None:
    row = FIRST_ROW + count
    page.write_string(row, 0, _("Total"), formats.header)
    for at, column in enumerate(sheet.columns, start=1):
        if at in totals:
            page.write_number(
                row, at, totals[at], formats.total_money if column.kind is ColumnKind.MONEY else formats.total
            )
        elif at == 1:
            page.write_string(row, at, _("%(count)d rows") % {"count": count}, formats.total)
        else:
            page.write_blank(row, at, None, formats.total)
    last = len(sheet.columns)
    half = max(1, last // 2)
    signs = row + 1
    page.set_row(signs, 28)
    page.merge_range(signs, 0, signs, half, _("Filled in by:"), formats.line)
    if last - half > 1:
        page.merge_range(signs, half + 1, signs, last, _("Checked by:"), formats.line)
    else:
        page.write_string(signs, last, _("Checked by:"), formats.line)


def tab_name(title: str) -> str:
    """Return ``title`` as Excel takes it for the name of a sheet."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:TAB_NAME_LENGTH] or "1"
