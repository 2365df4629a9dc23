"""What the pages of an import show. Personal values are masked here, before any page sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wenxi_portal.core.masking import mask_numbers_in
from wenxi_portal.spreadsheets.enums import ROW_TONES, ImportState, Outcome, RowKind
from wenxi_portal.spreadsheets.models import ImportRow, ImportRun
from wenxi_portal.spreadsheets.progress import progress_key
from wenxi_portal.spreadsheets.sealing import opened
from wenxi_portal.spreadsheets.sheet import ColumnKind, Sheet

SHOWN_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Filter:
    """One kind of row with its number, as a link above the preview."""

    value: str
    label: str
    count: int
    tone: str
    icon: str
    current: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is. ``percent`` is None while nobody can tell."""

    words: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """A value, a change or a problem of a row, in words."""

    label: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of the preview."""

    row: ImportRow
    label: str
    tone: str
    icon: str
    values: list[Told]
    changes: list[Told]
    problems: list[Told]
    decision: str = ""


def filters_of(run: ImportRun, current: str) -> list[Filter]:
    """Return the kinds of row with their numbers, all rows first."""
    counts = {kind: run.counts.get(kind.value, 0) for kind in RowKind}
    every = Filter("", _("all rows"), sum(counts.values()), "muted", "table_rows", current == "")
    return [every, *(Filter(kind.value, str(kind.label), count, *ROW_TONES[kind], current == kind.value)
                     for kind, count in counts.items())]  # fmt: skip


def rows_of(run: ImportRun, kind: str) -> QuerySet[ImportRow]:
    """Return the rows of ``run``: of one kind, or all; once written, ``overtaken`` gives those left as they were."""
    if run.state in {ImportState.UPLOADED, ImportState.READING}:
        return ImportRow.objects.none()
    rows = ImportRow.objects.filter(run=run)
    if kind in RowKind.values:
        return rows.filter(kind=kind)
    return rows.filter(outcome=Outcome.OVERTAKEN) if kind == Outcome.OVERTAKEN else rows


def progress_of(run: ImportRun) -> Progress:
    """Return how far the reading or the writing is."""
    if run.state == ImportState.UPLOADED:
        return Progress(_("Waiting for a free worker …"), None)
    if run.state == ImportState.READING:
        return Progress(_("%(done)d rows read") % {"done": run.done}, _percent(run.done, run.total))
    if run.state == ImportState.CONFIRMED:
        done = cache.get(progress_key(run.pk)) or 0
        return Progress(_("%(done)d rows written") % {"done": done}, _percent(done, sum(run.counts.values())))
    return Progress(str(run.get_state_display()), 100)


def shown_rows(rows: Iterable[ImportRow], sheet: Sheet, *, is_written: bool = False) -> list[ShownRow]:
    """Return rows as the preview shows them, or, once they are written, the report."""
    teller = _Teller(sheet, is_written=is_written)
    return [teller.shown(row) for row in rows]


class _Teller:
    """Tells values in words, personal ones masked."""

    def __init__(self, sheet: Sheet, *, is_written: bool) -> None:
        self.sheet, self.is_written = sheet, is_written
        self.columns = {column.name: column for column in sheet.columns if column.name}
        self.known: dict[tuple[str, str], str] = {}

    def shown(self, row: ImportRow) -> ShownRow:
        kind = RowKind(row.kind)
        values = [name for name in self.columns if name in row.values][:SHOWN_COLUMNS]
        return ShownRow(
            row,
            str(self.fate(row).label),
            *ROW_TONES[kind],
            [Told(self.label(name), new=self.words(name, row.values[name])) for name in values],
            [Told(self.label(name), self.words(name, old), self.words(name, new)) for name, old, new in row.changes],
            [Told(self.label(name), mask_numbers_in(cell), message) for name, message, cell in row.problems],
            _decision_of(row),
        )

    def fate(self, row: ImportRow) -> Outcome | RowKind:
        """What became of the row once the import is written; before, what it means."""
        if row.outcome:
            return Outcome(row.outcome)
        if not self.is_written or row.kind in {RowKind.UNCHANGED, RowKind.ERROR}:
            return RowKind(row.kind)
        if row.kind == RowKind.DUPLICATE and not row.accepted:
            return RowKind.DUPLICATE
        return Outcome.ENTERED if row.target is None else Outcome.CHANGED

    def label(self, name: str) -> str:
        if name in self.columns:
            return str(self.columns[name].label)
        return str(self.sheet.intake.labels.get(name, "")) if self.sheet.intake else ""

    def words(self, name: str, value: Any) -> str:
        column = self.columns.get(name)
        if column and column.personal:
            return "" if value is None else column.mask(str(opened(value)))
        known = self.known.get((name, repr(value)))
        if known is None:
            shown = self.sheet.intake.shown(name, value) if self.sheet.intake else str(value)
            is_code = column is not None and column.kind is ColumnKind.CODE
            known = self.known[name, repr(value)] = shown if is_code else mask_numbers_in(shown)
        return known


def _decision_of(row: ImportRow) -> str:
    """Return what an officer said to a possible duplicate."""
    if row.kind != RowKind.DUPLICATE or not row.accepted:
        return ""
    names = [name for pk, name in row.twins if pk == row.same_as]
    if names:
        return _("Is taken for the record on file: %(name)s") % {"name": names[0]}
    return _("Is entered as new")


def _percent(done: int, total: int) -> int | None:
    return min(99, done * 100 // total) if total else None
