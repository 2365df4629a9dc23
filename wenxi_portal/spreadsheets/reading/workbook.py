"""The tables of a file, row by row, as the file holds them."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from wenxi_portal.spreadsheets.readers import Book
from wenxi_portal.spreadsheets.reading.guard import FileKind, judge
from wenxi_portal.spreadsheets.reading.limits import FileRefusedError, check_size, damaged

_SAMPLE = 20
_LONGEST_FIELD = 1 << 20
csv.field_size_limit(_LONGEST_FIELD)


@dataclass(frozen=True, slots=True)
class Tab:
    """One table of a file: its name, and its rows with their numbers (the first row of the sheet is 1)."""

    name: str
    source: CalamineSheet | str

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Yield each row with its number. Hidden rows are rows like any other."""
        if isinstance(self.source, str):
            yield from _csv_rows(self.source)
            return
        start = self.source.start
        if start is None:
            return
        yield from enumerate(self.source.iter_rows(), start=1)

    @property
    def height(self) -> int:
        """How many rows there are, roughly: a measure of progress."""
        return self.source.count("\n") + 1 if isinstance(self.source, str) else self.source.total_height

    def head(self, rows: int) -> list[tuple[int, list[Any]]]:
        """Return the first rows."""
        return list(islice(self.rows(), rows))


@dataclass(frozen=True, slots=True)
class Opened:
    """An uploaded file that passed the guard."""

    kind: FileKind
    book: Book
    tabs: list[Tab]


@contextmanager
def opened(content: bytes) -> Iterator[Opened]:
    """Open ``content``; raise ``FileRefusedError`` with one sentence for what is no honest sheet."""
    judged = judge(content)
    if judged.kind is FileKind.CSV:
        yield Opened(judged.kind, Book(), [Tab("CSV", _decoded(content))])
        return
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
    except (CalamineError, OSError, ValueError) as error:
        raise damaged() from error
    try:
        yield Opened(judged.kind, Book(judged.from_1904), list(_tabs(book)))
    finally:
        book.close()


def _tabs(book: CalamineWorkbook) -> Iterator[Tab]:
    for at, facts in enumerate(book.sheets_metadata):
        if facts.typ is not SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = book.get_sheet_by_index(at)
        except (CalamineError, OSError, ValueError) as error:
            raise damaged() from error
        check_size(sheet.total_height, sheet.total_width)
        yield Tab(facts.name, sheet)


def _decoded(content: bytes) -> str:
    """Chinese offices write UTF-8 with or without a mark, and GB18030 by default."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefusedError(_("The characters of this file cannot be read: save it as .xlsx, or as CSV in UTF-8."))


def _csv_rows(text: str) -> Iterator[tuple[int, list[Any]]]:
    first = "".join(text[: 1 << 16].splitlines(keepends=True)[:_SAMPLE])
    delimiter = max(",\t;", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(reader, start=1):
            check_size(number, len(row))
            yield number, row  # type: ignore[misc]
    except csv.Error:
        raise damaged() from None
