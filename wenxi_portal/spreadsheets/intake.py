"""What a room says about the rows of its sheet on their way in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from wenxi_portal.accounts.models import User


class Problem(NamedTuple):
    """Why a row cannot be taken: the column (empty: the row), what to do, and the cell as typed (never personal)."""

    column: str
    message: str
    cell: str = ""


@dataclass(slots=True)
class Row:
    """One row that was read. ``values`` holds only the columns that were filled in: an empty cell erases nothing.

    ``same_as`` is the number of the record that an officer found this row to speak of.
    """

    tab: str
    number: int
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    same_as: int | None = None

    def refuse(self, column: str, message: object) -> None:
        """Note a problem of a column (empty: of the row)."""
        self.problems.append(Problem(column, str(message), ""))


@dataclass(frozen=True, slots=True)
class OnFile:
    """The record that a row is about: number, revision, and the values that the row's columns have on file."""

    pk: int
    revision: int
    values: dict[str, Any]
    record: Any = None


class Twin(NamedTuple):
    """A record that may be the same as a new row: number, and how it is called.

    The number 0 stands for a record of another unit: nobody may take the row for it, or learn more than that it is.
    """

    pk: int
    name: str


class Intake(Protocol):
    """How the rows of one sheet meet the records on file. All methods take many rows and ask few questions."""

    permissions: frozenset[str]
    # How values are called that stand in no column of their own.
    labels: Mapping[str, Any]

    def key(self, values: dict[str, Any]) -> tuple[Any, ...] | None:
        """Return what makes two rows of one file speak of the same record; None when nothing does."""

    def check(self, rows: Sequence[Row], user: User) -> None:
        """Refuse what no single cell shows: values that contradict each other, names that are not on file.

        May replace what was typed by what it stands for (a name by a number).
        """

    def on_file(self, rows: Sequence[Row], user: User, *, lock: bool = False) -> list[OnFile | None]:
        """Return, row by row, the record on file; ``lock`` keeps it until the transaction ends.

        A record that ``user`` may not change is a problem of the row. A row with ``same_as`` speaks of that record.
        """

    def twins(self, rows: Sequence[Row], user: User) -> list[Sequence[Twin]]:
        """Return, for each new row, the records that may be the same."""

    def write(self, *, new: Sequence[Row], changed: Sequence[tuple[Row, OnFile]], actor: User) -> None:
        """Write the rows through the room's services, in the caller's transaction."""

    def shown(self, column: str, value: Any) -> str:
        """Return a value of a column as a person reads it."""
