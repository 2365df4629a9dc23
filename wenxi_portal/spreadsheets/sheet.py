"""What a sheet is: its title and its columns, declared once for the way out and the way in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils.functional import Promise

from wenxi_portal.core.masking import mask_number
from wenxi_portal.spreadsheets.intake import Intake
from wenxi_portal.spreadsheets.readers import Reader

Words = str | Promise
Cell = str | int | Decimal | date | None


class ColumnKind(Enum):
    """How the values of a column are written."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: heading, what a record shows in it, width in characters.

    CODE is text that Excel must not turn into a number (school codes, credit codes). ``total`` adds the column up in
    the last row; it needs NUMBER or MONEY.

    A column with ``name`` and ``reader`` is also taken in: ``name`` is its place in the values of a row, ``words`` are
    further headings it is known by, ``note`` tells in the template what to write, ``choices`` gives the drop-down.
    ``personal`` values are sealed wherever they wait, and shown through ``mask``; ``value`` hands them out masked, and
    ``plain`` in full to whoever may see them and says what for.
    """

    label: Words
    value: Callable[[Any], Cell]
    width: int = 16
    kind: ColumnKind = ColumnKind.TEXT
    total: bool = False
    name: str = ""
    reader: Reader | None = None
    words: tuple[str, ...] = ()
    required: bool = False
    note: Words = ""
    choices: Callable[[], Sequence[str]] | None = None
    personal: bool = False
    mask: Callable[[str], str] = mask_number
    plain: Callable[[Any], Cell] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet in office layout. ``prepare`` lets a queryset load what the columns need, for any number of rows.

    ``intake`` is the room's part of the way in; without one the sheet is only handed out. ``reveal`` is the permission
    to hand out personal numbers in full.
    """

    title: Words
    columns: tuple[Column, ...]
    prepare: Callable[[Any], Any] = lambda queryset: queryset
    intake: Intake | None = None
    reveal: str = ""

    @property
    def taken_in(self) -> tuple[Column, ...]:
        """The columns that an import reads."""
        return tuple(column for column in self.columns if column.reader)

    def revealed(self) -> "Sheet":
        """Return the same sheet with personal numbers in full."""
        columns = (replace(column, value=column.plain) if column.plain else column for column in self.columns)
        return replace(self, columns=tuple(columns))
