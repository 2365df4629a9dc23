"""What goes to the bank and to the desk for signature: made once of a released batch, sealed, handed out on record."""

import csv
from io import BytesIO, StringIO
from typing import IO, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from internships.subsidies.bank_formats import BANK_FILE
from internships.subsidies.enums import BankFileKind, BatchState
from internships.subsidies.models import BankFile, PaymentBatch
from internships.subsidies.selectors.batches import bank_lines, lines_hash
from internships.subsidies.services.sealed_files import keep_sealed, open_sealed
from internships.subsidies.services.summary_paper import summary_paper
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.spreadsheets.cells import neutralise
from wenxi_portal.spreadsheets.office import office_workbook
from wenxi_portal.spreadsheets.services.exports import LEAST_PASSWORD, protected, unit_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV = "text/csv"
_KINDS = {
    BankFileKind.XLSX: ("xlsx", XLSX),
    BankFileKind.CSV: ("csv", CSV),
    BankFileKind.CSV_GB: ("csv", CSV),
    BankFileKind.SUMMARY: ("docx", DOCX),
}
OF_SEALED = (BatchState.SEALED, BatchState.RELEASED, BatchState.SETTLED)
OF_RELEASED = (BatchState.RELEASED, BatchState.SETTLED)


class HandedOut(NamedTuple):
    """A file on its way to somebody: the open stream, its name and media type."""

    stream: IO[bytes]
    name: str
    media_type: str


@transaction.atomic
def bank_file(*, batch: PaymentBatch, kind: BankFileKind, actor: User | None) -> BankFile:
    """Return the file of a batch, made when it is asked for first; it never changes afterwards.

    The summary is there from the seal on, what the bank pays from the release on. Raises ``DomainError`` before.
    """
    present = lock(batch)
    if present.state not in (OF_SEALED if kind == BankFileKind.SUMMARY else OF_RELEASED):
        raise DomainError(_("The file is there when finance has released the batch."), code="state")
    kept = BankFile.objects.filter(batch=present, kind=kind).first()
    if kept is not None:
        return kept
    if lines_hash(present) != present.lines_hash:
        raise DomainError(
            _("The lines are not those that were sealed. Do not pay: tell the auditors."), code="fingerprint"
        )
    ending, media_type = _KINDS[kind]
    with override("zh-hans"):
        content = _content(present, kind, actor)
    paper = BankFile(batch=present, kind=kind, title=f"{present.number}-{kind.value}")
    return keep_sealed(paper=paper, content=content, ending=ending, media_type=media_type, actor=actor)


def hand_out(
    *, batch: PaymentBatch, kind: BankFileKind, actor: User, reason: str, password: str = "", unprotected: bool = False
) -> HandedOut:
    """Hand a file of a batch out, with the reason on record. The caller closes the stream.

    The workbook leaves under a password that we do not keep: it is told to the bank by another way. A CSV file cannot
    carry one, so that it leaves only where somebody says that the bank's own channel protects it (``unprotected``).
    """
    if kind != BankFileKind.SUMMARY and not reason.strip():
        raise DomainError(_("Say what the file is for: the reason stays on record."), code="reason", field="reason")
    if kind == BankFileKind.XLSX and len(password) < LEAST_PASSWORD:
        raise DomainError(
            _("A password has at least %(least)d characters.") % {"least": LEAST_PASSWORD},
            code="password",
            field="password",
        )
    if kind in {BankFileKind.CSV, BankFileKind.CSV_GB} and not unprotected:
        raise DomainError(
            _("A CSV file carries no password: say that the bank's own channel protects it, or take the workbook."),
            code="unprotected",
            field="unprotected",
        )
    paper = bank_file(batch=batch, kind=kind, actor=actor)
    stream: IO[bytes] = BytesIO(open_sealed(paper))
    if kind == BankFileKind.XLSX:
        stream = protected(stream, password)
    record(actor=actor, verb=Verb.EXPORTED, subject=batch, reason=reason, file=kind.value, sha256=paper.sha256,
           protected=bool(password))  # fmt: skip
    return HandedOut(stream, f"{batch.number}.{paper.ending}", paper.media_type)


def _content(batch: PaymentBatch, kind: BankFileKind, actor: User | None) -> bytes:
    if kind == BankFileKind.SUMMARY:
        return summary_paper(batch)
    if kind == BankFileKind.XLSX:
        unit = unit_of(actor) if actor else ""
        stream, _count = office_workbook(BANK_FILE, bank_lines(batch), unit=unit, day=timezone.localdate())
        with stream:
            return stream.read()
    return _csv(batch).encode("gb18030" if kind == BankFileKind.CSV_GB else "utf-8-sig")


def _csv(batch: PaymentBatch) -> str:
    """Return the lines as CSV, for the bank's own channel: card numbers stand as they are, digit by digit."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([str(column.label) for column in BANK_FILE.columns])
    for line in bank_lines(batch):
        writer.writerow(
            [
                f"{line.amount:.2f}" if column.total else neutralise(str(column.value(line) or ""))
                for column in BANK_FILE.columns
            ]
        )
    return out.getvalue()
