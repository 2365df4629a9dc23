"""The records of a tab: every row below the header that is one, each cell read or its problem told."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from wenxi_portal.spreadsheets.intake import Problem, Row
from wenxi_portal.spreadsheets.readers import Book, CellError, plain
from wenxi_portal.spreadsheets.reading.header import SEARCHED_ROWS, Header, find_header
from wenxi_portal.spreadsheets.reading.workbook import Tab
from wenxi_portal.spreadsheets.sheet import Column, Sheet
from wenxi_portal.spreadsheets.words import is_foot, key_of

LONGEST_SHOWN = 80
# Distinct cells of a column that are kept in mind.
REMEMBERED = 2000


@dataclass(slots=True)
class Table:
    """A tab that holds the sheet: where its header stands, and what was left out on the way (filled while reading)."""

    tab: Tab
    header: Header
    left_out: list[int] = field(default_factory=list)

    def rows(self, book: Book) -> Iterator[Row]:
        """Yield the records. Blank rows, repeated headers, totals and sign-off lines are none."""
        reading = _Reading(self.header.places, book)
        for number, cells in self.tab.rows():
            if number <= self.header.row or cells.count("") + cells.count(None) == len(cells):
                continue
            if is_foot(cells) or self._is_header(cells):
                self.left_out.append(number)
                continue
            row = reading.row(self.tab.name, number, cells)
            # A row of which only the running number is filled in holds nothing.
            if row.values or row.problems:
                for column in self._required:
                    if column.name not in row.values and not any(one.column == column.name for one in row.problems):
                        row.refuse(column.name, _("This is needed."))
                yield row

    @property
    def _required(self) -> list[Column]:
        return [column for column in self.header.places.values() if column.required]

    def _is_header(self, cells: list[Any]) -> bool:
        keys = self.header.keys
        return all(at < len(cells) and _is_heading(plain(cells[at]), keys[at]) for at in self.header.places)


def find_tables(tabs: list[Tab], sheet: Sheet, others: list[Sheet]) -> list[Table]:
    """Return the tabs that hold ``sheet``: those whose header fits it, and fits none of the ``others`` better."""
    found = []
    for tab in tabs:
        head = tab.head(SEARCHED_ROWS)
        header = find_header(sheet, head)
        if header is None or header.missing:
            continue
        rivals = [rival for other in others if (rival := find_header(other, head)) and not rival.missing]
        if all(len(rival.places) <= len(header.places) for rival in rivals):
            found.append(Table(tab, header))
    return found


def closest_header(tabs: list[Tab], sheet: Sheet) -> Header | None:
    """Return the header that comes closest, for saying what is missing in it."""
    found = [header for tab in tabs if (header := find_header(sheet, tab.head(SEARCHED_ROWS)))]
    return max(found, key=lambda header: len(header.places), default=None)


class _Reading:
    """Reads cell by cell, each column by its reader. What recurs in a column is read once, personal values aside."""

    def __init__(self, places: dict[int, Column], book: Book) -> None:
        self.book = book
        self.places = sorted(places.items())
        self.known: dict[int, dict[str, Any]] = {at: {} for at in places}

    def row(self, tab: str, number: int, cells: list[Any]) -> Row:
        """Return the row with what could be read of it."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        width = len(cells)
        for at, column in self.places:
            cell = cells[at] if at < width else ""
            if cell is None or cell == "":
                continue
            try:
                value = self._value(at, column, cell)
            except CellError as problem:
                told = "" if column.personal else plain(cell)[:LONGEST_SHOWN]
                problems.append(Problem(column.name, str(problem), told))
                continue
            if value not in ("", []):
                values[column.name] = value
        return Row(tab, number, values, problems)

    def _value(self, at: int, column: Column, cell: Any) -> Any:
        if column.personal or not isinstance(cell, str):
            return column.reader(cell, self.book)  # type: ignore[misc]
        known = self.known[at]
        if cell in known:
            return known[cell]
        if len(known) >= REMEMBERED:
            known.clear()
        value = known[cell] = column.reader(cell, self.book)  # type: ignore[misc]
        return value


def _is_heading(cell: str, key: str) -> bool:
    """Tell whether a cell is the heading compared as ``key``: most cells hold not even its first sign."""
    return (key[:1].isascii() or key[0] in cell) and key_of(cell) == key
