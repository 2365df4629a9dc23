"""An empty sheet to fill in: headings with notes, drop-downs, codes as text, days as days."""

import tempfile
from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from wenxi_portal.spreadsheets.formats import Formats
from wenxi_portal.spreadsheets.office import tab_name
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet

FILLED_ROWS = 2000
# What Excel takes for a drop-down that is written out; longer ones lie on a sheet of their own.
LONGEST_LIST = 255
CHOICES_TAB = "_choices"


def template_workbook(sheet: Sheet) -> IO[bytes]:
    """Return the open temporary file of a template, at its beginning. The caller closes it."""
    stream = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115  (the caller streams it)
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False}) as book:
        formats = Formats(book)
        page = book.add_worksheet(tab_name(str(sheet.title)))
        columns = sheet.taken_in
        page.set_row(0, 30)
        page.merge_range(0, 0, 0, max(1, len(columns) - 1), str(sheet.title), formats.title)
        page.freeze_panes(2, 0)
        lists = _Lists(book)
        for at, column in enumerate(columns):
            _write_column(page, formats, at, column)
            if column.choices:
                lists.add(page, at, list(column.choices()))
    stream.seek(0)
    return stream


def _write_column(page: Worksheet, formats: Formats, at: int, column: Column) -> None:
    kept = formats.code if column.kind in {ColumnKind.CODE, ColumnKind.TEXT, ColumnKind.DATE} else formats.number
    page.set_column(at, at, column.width, kept)
    page.write_string(1, at, f"{column.label}*" if column.required else str(column.label), formats.header)
    words = [str(column.note)] if column.note else []
    if column.required:
        words.append(_("This is needed."))
    if column.kind is ColumnKind.DATE and not column.note:
        words.append(_("Write the day as 2021-09-01."))
    if words:
        page.write_comment(1, at, "\n".join(words), {"x_scale": 1.6})


class _Lists:
    """The drop-downs. Long ones refer to a hidden sheet."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.hidden: Worksheet | None = None
        self.used = 0

    def add(self, page: Worksheet, at: int, words: list[str]) -> None:
        """Let the cells of column ``at`` offer ``words``; other values are warned of, not forbidden."""
        if not words:
            return
        source: list[str] | str = words
        if len(",".join(words)) > LONGEST_LIST or any("," in word for word in words):
            source = self._reference(words)
        options = {"validate": "list", "source": source, "error_type": "warning"}
        page.data_validation(2, at, FILLED_ROWS, at, options)

    def _reference(self, words: list[str]) -> str:
        if self.hidden is None:
            self.hidden = self.book.add_worksheet(CHOICES_TAB)
            self.hidden.hide()
        for row, word in enumerate(words):
            self.hidden.write_string(row, self.used, word)
        letter = xlsxwriter.utility.xl_col_to_name(self.used)
        self.used += 1
        return f"={CHOICES_TAB}!${letter}$1:${letter}${len(words)}"
