"""What a sheet is: its title and its columns, declared once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils.functional import Promise

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
    """

    label: Words
    value: Callable[[Any], Cell]
    width: int = 16
    kind: ColumnKind = ColumnKind.TEXT
    total: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet in office layout. ``prepare`` lets a queryset load what the columns need, for any number of rows."""

    title: Words
    columns: tuple[Column, ...]
    prepare: Callable[[Any], Any] = lambda queryset: queryset
