"""Rows that wait between preview and confirmation. Personal values lie sealed."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import QuerySet

from wenxi_portal.core.bulk import copy_rows
from wenxi_portal.spreadsheets.enums import RowKind
from wenxi_portal.spreadsheets.intake import OnFile, Row, Twin
from wenxi_portal.spreadsheets.models import ImportRow, ImportRun
from wenxi_portal.spreadsheets.sealing import opened, sealed
from wenxi_portal.spreadsheets.sheet import Sheet

_COLUMNS = (
    "run_id", "tab", "number", "kind", "values", "changes", "problems", "twins", "target", "revision", "accepted",
    "same_as", "outcome",
)  # fmt: skip
Change = tuple[str, Any, Any]
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(slots=True)
class Judgement:
    """What was found about one row."""

    row: Row
    kind: RowKind
    on_file: OnFile | None = None
    changes: list[Change] = field(default_factory=list)
    twins: Sequence[Twin] = ()


def changes_of(row: Row, on_file: OnFile) -> list[Change]:
    """Return what ``row`` would change: column, value on file, value in the file."""
    kept = on_file.values
    return [(name, kept[name], value) for name, value in row.values.items() if name in kept and kept[name] != value]


def stage(run: ImportRun, sheet: Sheet, judged: Iterable[Judgement]) -> int:
    """Write the judged rows of a batch; return how many."""
    personal = personal_columns(sheet)
    return copy_rows(ImportRow._meta.db_table, _COLUMNS, (_line(run.pk, one, personal) for one in judged))


class Waiting(NamedTuple):
    """A staged row as the writer takes it up."""

    pk: int
    tab: str
    number: int
    values: dict[str, Any]
    target: int | None
    revision: int | None
    same_as: int | None


def waiting(rows: QuerySet[ImportRow], most: int) -> list[Waiting]:
    """Return the first ``most`` staged rows, in the order of the file."""
    return [Waiting(*line) for line in rows.order_by("pk").values_list(*Waiting._fields)[:most]]


def staged(rows: Iterable[Waiting], sheet: Sheet) -> Iterator[Row]:
    """Yield the rows as they were read, personal values open. For the writer only."""
    personal = personal_columns(sheet)
    for row in rows:
        for name in personal & row.values.keys():
            row.values[name] = opened(row.values[name])
        yield Row(row.tab, row.number, row.values, same_as=row.same_as)


def personal_columns(sheet: Sheet) -> frozenset[str]:
    """Return the names of the columns that hold personal data."""
    return frozenset(column.name for column in sheet.columns if column.personal and column.name)


def sealed_changes(changes: Iterable[Change], personal: frozenset[str]) -> list[Change]:
    """Return changes as they wait: personal values sealed."""
    return [(name, sealed(old), sealed(new)) if name in personal else (name, old, new) for name, old, new in changes]


def _line(run: int, one: Judgement, personal: frozenset[str]) -> list[Any]:
    values, changes = one.row.values, one.changes
    if personal:
        values = {name: sealed(value) if name in personal else value for name, value in values.items()}
        changes = sealed_changes(changes, personal)
    target = one.on_file
    return [
        run,
        one.row.tab[:100],
        one.row.number,
        one.kind.value,
        _json(values),
        _json(changes) if changes else "[]",
        _json(one.row.problems) if one.row.problems else "[]",
        _json(one.twins) if one.twins else "[]",
        target.pk if target else None,
        target.revision if target else None,
        False,
        None,
        "",
    ]
