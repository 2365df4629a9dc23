"""Writing a confirmed import: one transaction, every row looked at again under lock."""

import time
from collections import Counter
from collections.abc import Iterator

import pghistory
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.collecting import collector_at_rest
from wenxi_portal.core.errors import BusyError, DomainError
from wenxi_portal.spreadsheets.enums import IMPORT_TRANSITIONS, UNFORESEEN, ImportState, Outcome, RowKind
from wenxi_portal.spreadsheets.intake import Intake, OnFile, Row
from wenxi_portal.spreadsheets.models import ImportRow, ImportRun
from wenxi_portal.spreadsheets.permissions import can_import
from wenxi_portal.spreadsheets.progress import progress_key
from wenxi_portal.spreadsheets.registry import sheet_of
from wenxi_portal.spreadsheets.services.staging import Waiting, changes_of, staged, waiting
from wenxi_portal.spreadsheets.sheet import Sheet

BATCH = 2000
# Once more after somebody else entered the same record at the very moment of the commit, or holds what rows need.
TRIES = 4
PAUSE_SECONDS = 1
PROGRESS_SECONDS = 900


def apply_import(run_id: int) -> None:
    """Write the rows of the confirmed import ``run_id``: all of them or none.

    A record that changed since the preview is left as it is and reported. Leaves quietly when another worker is at
    it, or when it is done. A killed worker leaves nothing, since nothing was committed.
    """
    for attempt in range(TRIES):
        try:
            with collector_at_rest():
                _apply(run_id)
        except (IntegrityError, BusyError):
            # Whoever was quicker needs a moment for the commit.
            time.sleep(PAUSE_SECONDS * attempt)
            if attempt + 1 == TRIES:
                _fail(run_id, _("Somebody else entered the same records at the same moment. Begin again."))
        except (DomainError, ValidationError) as refusal:
            _fail(run_id, " ".join(getattr(refusal, "messages", None) or [str(refusal)]))
            return
        else:
            return


@transaction.atomic
def _apply(run_id: int) -> None:
    run = (
        ImportRun.objects.select_for_update(no_key=True, of=("self",), skip_locked=True)
        .select_related("confirmed_by")
        .filter(pk=run_id, state=ImportState.CONFIRMED)
        .first()
    )
    if run is None:
        return
    actor, sheet = run.confirmed_by, sheet_of(run.sheet)
    if actor is None or sheet is None or sheet.intake is None or not can_import(actor, run.sheet):
        raise DomainError(_("Your account may not bring in such rows."), code="permission")
    _one_at_a_time(run.sheet)
    outcomes: Counter[str] = Counter()
    with pghistory.context(user=actor.pk):
        # The first statement tells the database who writes; COPY, which follows, tells nothing by itself.
        ImportRun.objects.filter(pk=run.pk).update(heard_at=timezone.now())
        for batch in _batches(run):
            outcomes.update(_write(sheet, sheet.intake, batch, actor))
            cache.set(progress_key(run_id), outcomes.total(), PROGRESS_SECONDS)
    IMPORT_TRANSITIONS.check(run.state, ImportState.APPLIED)
    run.state, run.ended_at, run.outcomes = ImportState.APPLIED, timezone.now(), dict(outcomes)
    run.heard_at = run.ended_at
    run.save(update_fields=["state", "ended_at", "heard_at", "outcomes"])
    record(actor=actor, verb=Verb.MOVED, subject=run, from_state=ImportState.CONFIRMED, to_state=run.state,
           rows=dict(outcomes))  # fmt: skip


def _one_at_a_time(sheet: str) -> None:
    """Let two imports of the same sheet follow each other, so that the second sees what the first has entered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import:{sheet}"])


def _batches(run: ImportRun) -> Iterator[list[Waiting]]:
    last = 0
    while batch := waiting(_to_write(run.pk).filter(pk__gt=last), BATCH):
        last = batch[-1].pk
        yield batch


def _to_write(run_id: int) -> QuerySet[ImportRow]:
    wanted = Q(kind__in=[RowKind.NEW, RowKind.CHANGED]) | Q(kind=RowKind.DUPLICATE, accepted=True)
    return ImportRow.objects.filter(wanted, run=run_id)


def _write(sheet: Sheet, intake: Intake, batch: list[Waiting], actor: User) -> Counter[str]:
    rows = list(staged(batch, sheet))
    found = intake.on_file(rows, actor, lock=True)
    new: list[Row] = []
    changed: list[tuple[Row, OnFile]] = []
    told: dict[Outcome, list[int]] = {outcome: [] for outcome in Outcome}
    for staged_row, row, present in zip(batch, rows, found, strict=True):
        outcome = _outcome(staged_row, row, present)
        told[outcome].append(staged_row.pk)
        if outcome is Outcome.ENTERED:
            new.append(row)
        elif outcome is Outcome.CHANGED and present is not None:
            changed.append((row, present))
    intake.write(new=new, changed=changed, actor=actor)
    _tell(told)
    return Counter({outcome.value: len(numbers) for outcome, numbers in told.items() if numbers})


def _tell(told: dict[Outcome, list[int]]) -> None:
    """Write what became of the rows that fared otherwise than the preview promised."""
    for outcome in UNFORESEEN:
        if told[outcome]:
            ImportRow.objects.filter(pk__in=told[outcome]).update(outcome=outcome)


def _outcome(staged_row: Waiting, row: Row, present: OnFile | None) -> Outcome:
    """Compare what was previewed with what is on file now, locked."""
    if row.problems:
        return Outcome.OVERTAKEN
    if present is None:
        return Outcome.ENTERED if staged_row.target is None else Outcome.OVERTAKEN
    if not changes_of(row, present):
        return Outcome.ALREADY
    same = staged_row.target == present.pk and staged_row.revision == present.revision
    return Outcome.CHANGED if same else Outcome.OVERTAKEN


@transaction.atomic
def _fail(run_id: int, message: str) -> None:
    run = ImportRun.objects.select_for_update(no_key=True).get(pk=run_id)
    if IMPORT_TRANSITIONS.allows(run.state, ImportState.FAILED):
        run.state, run.message, run.heard_at = ImportState.FAILED, message[:500], timezone.now()
        run.save(update_fields=["state", "message", "heard_at"])
        record(actor=run.confirmed_by, verb=Verb.MOVED, subject=run, to_state=run.state)
