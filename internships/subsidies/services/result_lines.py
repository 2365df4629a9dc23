"""The lines of a bank's result against those of the batch: every error with its line, none passed over."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.bank_formats import RESULT_FILE
from internships.subsidies.enums import CLAIM_TRANSITIONS, ClaimState, LineResult
from internships.subsidies.models import PaymentBatch, PaymentLine
from internships.subsidies.querysets import card_index
from wenxi_portal.core.masking import mask_numbers_in
from wenxi_portal.core.money import money
from wenxi_portal.core.wording import labelled, some_of, word_list
from wenxi_portal.spreadsheets.intake import Row
from wenxi_portal.spreadsheets.reading.limits import FileRefusedError
from wenxi_portal.spreadsheets.reading.table import closest_header, find_tables
from wenxi_portal.spreadsheets.reading.workbook import opened

SHOWN_MISSING = 10


@dataclass(frozen=True, slots=True)
class LineError:
    """What is wrong with a row of the file (the first row of the sheet is 1; 0: with the file as a whole)."""

    row: int
    words: str


class ResultRefusedError(Exception):
    """Nothing of the file is applied."""

    def __init__(self, errors: list[LineError]) -> None:
        super().__init__(errors[0].words if errors else "")
        self.errors = errors


@dataclass(slots=True)
class Reported:
    """A row of the file: what it says, and the line of the batch it speaks of."""

    row: int
    reference: str
    amount: Decimal
    result: LineResult
    on: date | None
    why: str
    bank_reference: str
    card: str
    pk: int = 0
    was_paid_on: date | None = None


@dataclass(slots=True)
class Judged:
    """What a file changes; ``same`` counts lines that say what is known, ``waiting`` those the bank still works on."""

    paid: list[Reported] = field(default_factory=list)
    returned: list[Reported] = field(default_factory=list)
    returned_late: list[Reported] = field(default_factory=list)
    waiting: int = 0
    same: int = 0


def read_lines(content: bytes) -> list[Reported]:
    """Return the rows of a result file; raise ``ResultRefusedError`` with every row that cannot be read."""
    try:
        with opened(content) as file:
            tables = find_tables(file.tabs, RESULT_FILE, [])
            if not tables:
                raise ResultRefusedError([LineError(0, _no_header(closest_header(file.tabs, RESULT_FILE)))])
            rows = [row for table in tables for row in table.rows(file.book)]
    except FileRefusedError as refusal:
        raise ResultRefusedError([LineError(0, str(refusal))]) from refusal
    labels = {column.name: str(column.label) for column in RESULT_FILE.columns}
    errors = [
        LineError(row.number, labelled(labels.get(problem.column, problem.column), problem.message))
        for row in rows
        for problem in row.problems
    ]
    if errors or not rows:
        raise ResultRefusedError(errors or [LineError(0, _("There is no line in this file."))])
    return [_reported(row) for row in rows]


def judge(batch: PaymentBatch, reported: list[Reported]) -> Judged:
    """Compare with the lines of the batch; raise ``ResultRefusedError`` unless every row fits and none is missing."""
    lines = {
        line.reference: line
        for line in PaymentLine.objects.filter(batch=batch).select_related("account", "claim").order_by("order")
    }
    errors = _foreign(batch, [row for row in reported if row.reference not in lines])
    first: dict[str, int] = {}
    found = Judged()
    for row in reported:
        if row.reference in first:
            words = _("This line stands in row %(row)d already.") % {"row": first[row.reference]}
            errors.append(LineError(row.row, words))
        first.setdefault(row.reference, row.row)
        line = lines.get(row.reference)
        if line is not None:
            if words := _mismatch(batch, line, row):
                errors.append(LineError(row.row, words))
            else:
                _sort(found, line, row)
    pending = {name for name, line in lines.items() if line.result == LineResult.PENDING}
    # A file that speaks only of what was paid before (and comes back now) need not name the others.
    missing = [name for name in lines if name in pending and name not in first]
    if missing and pending & set(first):
        listed = some_of(missing, SHOWN_MISSING)
        errors.append(LineError(0, _("Lines of the batch are missing in the file: %(lines)s.") % {"lines": listed}))
    if errors:
        raise ResultRefusedError(sorted(errors, key=lambda error: error.row))
    return found


def _reported(row: Row) -> Reported:
    values = row.values
    on = values.get("on")
    return Reported(
        row=row.number,
        reference=values["reference"],
        amount=Decimal(values["amount"]),
        result=LineResult(values["result"]),
        on=date.fromisoformat(on) if on else None,
        why=mask_numbers_in(values.get("why", "")).strip() or _("no reason given by the bank"),
        bank_reference=values.get("bank_reference", ""),
        card=values.get("card", ""),
    )


def _no_header(closest: object) -> str:
    missing = getattr(closest, "missing", None)
    if missing:
        names = word_list(column.label for column in missing)
        return _("The file lacks these columns: %(columns)s.") % {"columns": names}
    return _("This is no result of a bank: it needs the columns reference, amount in yuan and result.")


def _foreign(batch: PaymentBatch, rows: list[Reported]) -> list[LineError]:
    """Return the errors about rows that are not of this batch; a whole file of another batch is one sentence."""
    others = dict(
        PaymentLine.objects.filter(reference__in=[row.reference for row in rows])
        .exclude(batch=batch)
        .values_list("reference", "batch__number")
    )
    named = set(others.values())
    if rows and len(others) == len({row.reference for row in rows}) and len(named) == 1:
        words = _("This is the result of batch %(other)s, not of %(batch)s.")
        return [LineError(rows[0].row, words % {"other": named.pop(), "batch": batch.number})]
    return [
        LineError(
            row.row,
            _("This line belongs to batch %(batch)s.") % {"batch": others[row.reference]}
            if row.reference in others
            else _("No line of the batch has this reference."),
        )
        for row in rows
    ]


def _mismatch(batch: PaymentBatch, line: PaymentLine, row: Reported) -> str:
    if row.amount != line.amount:
        return _("The amount is %(found)s in the file and %(ours)s in the batch.") % {
            "found": money(row.amount),
            "ours": money(line.amount),
        }
    if row.card.isdecimal() and card_index(row.card) != line.account.card_index:
        return _("The card number is not that of the line.")
    return _contradiction(line, row) or _absurd_day(batch, line, row)


def _contradiction(line: PaymentLine, row: Reported) -> str:
    """Return how the row contradicts what the bank has reported before, empty when it does not."""
    if row.result == LineResult.CANCELLED:
        return _("Write whether the line was paid or returned.")
    if row.result == LineResult.PAID and line.result == LineResult.RETURNED:
        return _("The bank has returned this line before: it is paid again with another batch.")
    if row.result == LineResult.PENDING and line.result != LineResult.PENDING:
        return _("The bank has reported a result for this line before.")
    if row.result == LineResult.RETURNED and line.result == LineResult.PAID:
        state = ClaimState(line.claim.state)
        if not CLAIM_TRANSITIONS.allows(state, ClaimState.RETURNED):
            return _("The claim is “%(state)s” by now: it cannot come back.") % {"state": state.label}
    return ""


def _absurd_day(batch: PaymentBatch, line: PaymentLine, row: Reported) -> str:
    if row.result != LineResult.PAID or line.result == LineResult.PAID:
        return ""
    if row.on is None:
        return _("The day of the payment is missing.")
    released = timezone.localdate(batch.released_at) if batch.released_at else row.on
    if not released <= row.on <= timezone.localdate():
        return _("Nothing can have been paid on this day: before the release, or after today.")
    return ""


def _sort(found: Judged, line: PaymentLine, row: Reported) -> None:
    row.pk, row.was_paid_on = line.pk, line.paid_on
    if row.result == line.result:
        found.waiting += row.result == LineResult.PENDING
        found.same += row.result != LineResult.PENDING
    elif row.result == LineResult.PAID:
        found.paid.append(row)
    elif line.result == LineResult.PAID:
        found.returned_late.append(row)
    else:
        found.returned.append(row)
