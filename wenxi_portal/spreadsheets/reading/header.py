"""Which row names the columns, and which column is which: told by the words, never by the position."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from wenxi_portal.spreadsheets.readers import plain, words_of
from wenxi_portal.spreadsheets.sheet import Column, Sheet
from wenxi_portal.spreadsheets.words import NUMBERING, key_of

# Titles, 填报单位 and explanations stand above the header; an office rarely needs more lines.
SEARCHED_ROWS = 30
LEAST_MATCHES = 2


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a tab: its row, where each column stands, headings nobody knows, required columns not found."""

    row: int
    places: dict[int, Column]
    keys: tuple[str, ...]
    unknown: list[str] = field(default_factory=list)
    missing: list[Column] = field(default_factory=list)


def find_header(sheet: Sheet, head: Sequence[tuple[int, Sequence[Any]]]) -> Header | None:
    """Return the header that names most columns of ``sheet`` among the first rows, or None when no row does.

    A header of two lines (a group above, its parts below) is read as one.
    """
    best: Header | None = None
    above: Sequence[Any] = ()
    for number, cells in head[:SEARCHED_ROWS]:
        joined = [cell if plain(cell) else _at(above, at) for at, cell in enumerate(cells)]
        for found in (_named(sheet, number, cells), _named(sheet, number, joined) if best else None):
            if found and _is_better(found, best):
                best = found
        above = cells
    least = min(LEAST_MATCHES, len(sheet.taken_in))
    return best if best and len(best.places) >= least else None


def headings_of(sheet: Sheet) -> dict[str, Column]:
    """Return every heading, as compared, by which a column of ``sheet`` is known."""
    return _headings(sheet.columns)


@lru_cache(maxsize=128)
def _headings(columns: tuple[Column, ...]) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for column in columns:
        own = [words for _value, words in words_of([(None, column.label)])]
        for words in (*own, *column.words):
            found.setdefault(key_of(words), column)
    return found


def _named(sheet: Sheet, number: int, cells: Sequence[Any]) -> Header:
    headings, places, unknown, known = headings_of(sheet), {}, [], set()
    keys = tuple(key_of(plain(cell)) for cell in cells)
    for at, key in enumerate(keys):
        column = headings.get(key)
        if column is not None and id(column) not in known:
            known.add(id(column))
            if column.reader:
                places[at] = column
        elif key and key not in NUMBERING:
            unknown.append(plain(cells[at]).replace("\n", " ")[:40])
    found = {column.name for column in places.values()}
    missing = [column for column in sheet.taken_in if column.required and column.name not in found]
    return Header(number, places, keys, unknown, missing)


def _is_better(found: Header, best: Header | None) -> bool:
    return best is None or (len(found.places), -len(found.unknown)) > (len(best.places), -len(best.unknown))


def _at(cells: Sequence[Any], at: int) -> Any:
    return cells[at] if at < len(cells) else ""
