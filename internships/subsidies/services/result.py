"""What the bank reports: read all or nothing, the original kept, the same file twice changes nothing (domain.md §4)."""

import hashlib
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.enums import Account, BatchState, ClaimState, JournalKind, LineResult
from internships.subsidies.models import PaymentBatch, PaymentLine, ResultFile
from internships.subsidies.services.batch import BATCHES
from internships.subsidies.services.ledger import move_lines
from internships.subsidies.services.many_claims import lock_claims_of, move_claims
from internships.subsidies.services.result_lines import LineError, Reported, ResultRefusedError, judge, read_lines
from internships.subsidies.services.sealed_files import keep_sealed
from internships.subsidies.services.telling_many import tell_students
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.bulk import update_from
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.history import in_context

MOST_BYTES = 20 * 1024 * 1024
MOST_ERRORS = 200


def read_result(*, batch: PaymentBatch, upload: UploadedFile, actor: User) -> ResultFile:
    """Read what the bank sent back for ``batch`` and apply it wholly, or not at all.

    Returns the file as it is kept: ``was_applied`` tells whether it changed anything, ``report`` holds the counts, or
    the errors with their lines. A file that was applied before is returned as it is. Raises ``DomainError`` when the
    batch expects no result or the file is too large to be one.
    """
    if (upload.size or 0) > MOST_BYTES:
        raise DomainError(_("This file is too large for a result of the bank."), code="size", field="upload")
    content = upload.read()
    name = (upload.name or "result")[:100]
    try:
        return _apply(batch, content, name, actor)
    except ResultRefusedError as refused:
        report = {"errors": [[error.row, error.words] for error in refused.errors[:MOST_ERRORS]],
                  "count": len(refused.errors)}  # fmt: skip
        return _keep(batch, content, name, actor, applied=False, report=report)


@transaction.atomic
def _apply(batch: PaymentBatch, content: bytes, name: str, actor: User) -> ResultFile:
    present = lock(batch)
    in_context(user=actor.pk)
    if present.state not in {BatchState.RELEASED, BatchState.SETTLED}:
        raise DomainError(_("The bank has not been told to pay this batch."), code="state")
    fingerprint = hashlib.sha256(content).hexdigest()
    known = ResultFile.objects.filter(sha256=fingerprint, was_applied=True).select_related("batch").first()
    if known is not None and known.batch_id == present.pk:
        return known
    if known is not None:
        raise ResultRefusedError([LineError(0, _("This file has been read for batch %(batch)s already.")
                                            % {"batch": known.batch.number})])  # fmt: skip
    reported = read_lines(content)
    lock_claims_of(present)
    judged = judge(present, reported)
    _write_lines(judged.paid, LineResult.PAID)
    _write_lines(judged.returned + judged.returned_late, LineResult.RETURNED)
    _move_money(present, judged.paid, judged.returned, judged.returned_late, actor)
    settled = _settle(present, actor)
    report = {
        "paid": len(judged.paid), "returned": len(judged.returned), "returned_late": len(judged.returned_late),
        "waiting": judged.waiting, "same": judged.same, "settled": settled,
        "paid_sum": str(sum((line.amount for line in judged.paid), Decimal(0))),
    }  # fmt: skip
    return _keep(present, content, name, actor, applied=True, report=report)


def _write_lines(lines: list[Reported], result: LineResult) -> None:
    if not lines:
        return
    names = ("result", "paid_on", "bank_reference", "return_reason")
    rows = [
        PaymentLine(
            pk=line.pk,
            result=result,
            # A payment that comes back later keeps the day on which it had been paid.
            paid_on=line.on if result == LineResult.PAID else line.was_paid_on,
            bank_reference=line.bank_reference,
            return_reason=line.why if result == LineResult.RETURNED else "",
        )
        for line in lines
    ]
    update_from(PaymentLine, rows, names)


def _move_money(
    batch: PaymentBatch, paid: list[Reported], returned: list[Reported], late: list[Reported], actor: User
) -> None:
    today = timezone.localdate()
    keys = {name: [line.pk for line in lines] for name, lines in (("paid", paid), ("back", returned), ("late", late))}
    for kind, chosen, source in (
        (JournalKind.PAID, keys["paid"], None),
        (JournalKind.RETURNED, keys["back"], None),
        (JournalKind.RETURNED, keys["late"], Account.PAID),
    ):
        move_lines(kind=kind, batch=batch, actor=actor, lines=chosen, source=source)
    reason = _("result of the bank for %(batch)s") % {"batch": batch.number}
    move_claims(batch=batch, to_state=ClaimState.PAID, actor=actor, reason=reason, lines=keys["paid"])
    back = keys["back"] + keys["late"]
    move_claims(batch=batch, to_state=ClaimState.RETURNED, actor=actor, reason=reason, lines=back)
    if keys["paid"]:
        tell_students(batch=batch, kind="payment_paid", day=today, lines=keys["paid"])
    if back:
        tell_students(batch=batch, kind="payment_returned", day=today, lines=back)


def _settle(batch: PaymentBatch, actor: User) -> bool:
    if batch.state != BatchState.RELEASED or batch.lines.filter(result=LineResult.PENDING).exists():
        return False
    BATCHES.write(batch, BatchState.SETTLED, actor=actor, reason=_("every line has a result"), fields=())
    return True


@transaction.atomic
def _keep(
    batch: PaymentBatch, content: bytes, name: str, actor: User, *, applied: bool, report: dict[str, object]
) -> ResultFile:
    stem, _dot, ending = name.rpartition(".")
    ending = ending.lower() if ending.lower() in {"xlsx", "xls", "csv", "ods"} else "bin"
    paper = ResultFile(batch=batch, title=(stem or name)[:120], was_applied=applied, report=report)
    kept = keep_sealed(paper=paper, content=content, ending=ending, media_type="application/octet-stream", actor=actor)
    record(actor=actor, verb=Verb.UPLOADED, subject=batch, file=kept.sha256, applied=applied,
           rows=report.get("count", 0))  # fmt: skip
    return kept
