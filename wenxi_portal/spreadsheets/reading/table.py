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


@dataclass(slots=True)
class Table:
    """A tab that holds the sheet: where its header stands, and what was left out on the way (filled while reading)."""

    tab: Tab
    header: Header
    left_out: list[int] = field(default_factory=list)

    def rows(self, book: Book) -> Iterator[Row]:
        """Yield the records. Blank rows, repeated headers, totals and sign-off lines are none."""
        places = sorted(self.header.places.items())
        for number, cells in self.tab.rows():
            if number <= self.header.row or all(cell == "" or cell is None for cell in cells):
                continue
            if is_foot(cells) or self._is_header(cells):
                self.left_out.append(number)
                continue
            row = _read(self.tab.name, number, cells, places, book)
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
        return all(at < len(cells) and key_of(plain(cells[at])) == keys[at] for at in self.header.places)


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


def _read(tab: str, number: int, cells: list[Any], places: list[tuple[int, Column]], book: Book) -> Row:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    width = len(cells)
    for at, column in places:
        cell = cells[at] if at < width else ""
        if cell is None or cell == "":
            continue
        try:
            value = column.reader(cell, book)  # type: ignore[misc]
        except CellError as problem:
            problems.append(Problem(column.name, str(problem), "" if column.personal else plain(cell)[:LONGEST_SHOWN]))
            continue
        if value not in ("", []):
            values[column.name] = value
    return Row(tab, number, values, problems)
