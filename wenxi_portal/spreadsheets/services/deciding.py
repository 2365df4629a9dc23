"""What an officer says to possible duplicates: a record of its own, the record on file, or neither."""

from collections import Counter
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.spreadsheets.enums import Decision, ImportState, RowKind
from wenxi_portal.spreadsheets.intake import Row
from wenxi_portal.spreadsheets.models import ImportRow, ImportRun
from wenxi_portal.spreadsheets.permissions import check_import
from wenxi_portal.spreadsheets.registry import sheet_of
from wenxi_portal.spreadsheets.services.staging import changes_of, personal_columns, sealed_changes, staged, waiting
from wenxi_portal.spreadsheets.sheet import Sheet

# Rows compared with the records on file within one request; more are left for the next press of the button.
MOST_AT_ONCE = 2000
_WRITTEN = ("accepted", "same_as", "target", "revision", "changes")


@transaction.atomic
def decide_twin(
    *, run: ImportRun, row_number: int, decision: Decision, actor: User, same_as: int | None = None
) -> None:
    """Say of one possible duplicate what it is; ``same_as`` names the record when it is on file.

    Raises ``DomainError`` when the record is none that the row resembles, or when ``actor`` may not change it.
    """
    present, sheet = _undecided(run, actor)
    rows = ImportRow.objects.filter(run=present, pk=row_number, kind=RowKind.DUPLICATE)
    row = rows.first()
    if row is None:
        raise DomainError(_("This row is no possible duplicate."), code="row")
    if decision is not Decision.SAME:
        _separate(rows, decision)
    elif same_as is None or same_as not in {pk for pk, _name in row.twins if pk}:
        raise DomainError(_("The row does not resemble this record."), code="twin")
    elif refused := _join(present, sheet, {row.pk: same_as}, actor)[row.pk]:
        raise DomainError(refused, code="twin")
    record(actor=actor, verb=Verb.CHANGED, subject=present, row=row_number, decision=decision.value)


@transaction.atomic
def decide_all_twins(*, run: ImportRun, decision: Decision, actor: User) -> tuple[int, int]:
    """Say of all possible duplicates what they are; return how many were decided and how many were left.

    Taken for the record on file are those rows that resemble exactly one record, which no other row resembles; rows
    that are already decided so stay. At most MOST_AT_ONCE of them are compared.
    """
    present, sheet = _undecided(run, actor)
    rows = ImportRow.objects.filter(run=present, kind=RowKind.DUPLICATE)
    total = rows.count()
    if decision is Decision.SAME:
        wanted = _of_one_record(rows)
        refused = _join(present, sheet, wanted, actor)
        decided = sum(not message for message in refused.values())
        decided += rows.filter(same_as__isnull=False).exclude(pk__in=wanted).count()
    else:
        decided = _separate(rows, decision)
    record(actor=actor, verb=Verb.CHANGED, subject=present, rows=decided, decision=decision.value)
    return decided, total - decided


def _undecided(run: ImportRun, actor: User) -> tuple[ImportRun, Sheet]:
    present = lock(run)
    check_import(actor, present.sheet)
    sheet = sheet_of(present.sheet)
    if present.state != ImportState.READY or sheet is None:
        raise DomainError(_("This import no longer waits for a decision."), code="transition")
    return present, sheet


def _of_one_record(rows: QuerySet[ImportRow]) -> dict[int, int]:
    """Return, by row, the one record that the row resembles, where no other row resembles it."""
    told = [(row.pk, row.same_as, [pk for pk, _name in row.twins]) for row in rows]
    resembled = Counter(pk for _row, _same, twins in told for pk in twins)
    found = (
        (row, twins[0])
        for row, same, twins in told
        if same is None and len(twins) == 1 and twins[0] and resembled[twins[0]] == 1
    )
    return dict(islice(found, MOST_AT_ONCE))


def _join(run: ImportRun, sheet: Sheet, wanted: dict[int, int], actor: User) -> dict[int, str]:
    """Compare rows with the records they are taken for; return, by row, why one could not be (empty: it was)."""
    assert sheet.intake is not None  # noqa: S101 - only sheets with an intake are imported
    lines = waiting(ImportRow.objects.filter(run=run, pk__in=wanted), MOST_AT_ONCE)
    rows = list(staged((line._replace(same_as=wanted[line.pk]) for line in lines), sheet))
    found = sheet.intake.on_file(rows, actor)
    stored = ImportRow.objects.in_bulk([line.pk for line in lines])
    personal, told = personal_columns(sheet), {}
    for line, row, present in zip(lines, rows, found, strict=True):
        told[line.pk] = _refusal(row) if present is None else ""
        if present is not None:
            one = stored[line.pk]
            one.accepted, one.same_as = True, present.pk
            one.target, one.revision = present.pk, present.revision
            one.changes = sealed_changes(changes_of(row, present), personal)
    ImportRow.objects.bulk_update([stored[pk] for pk, refused in told.items() if not refused], _WRITTEN, batch_size=500)
    return told


def _refusal(row: Row) -> str:
    return " ".join(problem.message for problem in row.problems) or _("The record is no longer on file.")


def _separate(rows: QuerySet[ImportRow], decision: Decision) -> int:
    """Let rows be records of their own, or stay out."""
    return rows.update(accepted=decision is Decision.NEW, same_as=None, target=None, revision=None, changes=[])
