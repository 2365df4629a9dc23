"""What an auditor's pack tells of each claim: claim, proofs, arithmetic, reviews, notice, payment, history."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from internships.subsidies.enums import PackScope
from internships.subsidies.models import (
    AuditPack,
    Claim,
    ClaimDuty,
    ClaimLine,
    ClaimStateChange,
    LedgerEntry,
    NoticeLine,
    PaymentLine,
)
from internships.subsidies.selectors.explaining import sentences
from internships.subsidies.selectors.pack_proofs import RELATED, proofs_in_pack
from wenxi_portal.core.masking import mask_card, mask_id_number

CHUNK = 500


def claims_of_pack(pack: AuditPack) -> QuerySet[Claim]:
    """Return the claims that a pack is about."""
    if pack.scope == PackScope.STUDENT:
        chosen = Claim.objects.filter(student=pack.student)
    elif pack.scope == PackScope.BATCH:
        chosen = Claim.objects.filter(payment_lines__batch=pack.batch)
    else:
        chosen = Claim.objects.filter(payment_lines__paid_on__range=(pack.starts_on, pack.ends_on))
    return chosen.distinct().order_by("pk")


def files_of(pack: AuditPack) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file; names of people stand as on the notice, numbers masked unless revealed."""
    claims = claims_of_pack(pack).select_related(
        "student", "scheme", "policy", "host", "lead_unit", "account", "placement__appraisal__given_by"
    )
    for claim in claims.prefetch_related(*_related()).iterator(chunk_size=CHUNK):
        folder = f"claims/{claim.number}"
        yield f"{folder}/claim.json", _json(_claim(claim, reveals=pack.reveals))
        yield f"{folder}/proofs.json", _json(proofs_in_pack(claim))
        yield f"{folder}/arithmetic.json", _json([_line(one) for one in claim.lines.all()])
        yield f"{folder}/reviews.json", _json([_duty(one) for one in claim.duties.all()])
        yield f"{folder}/notice.json", _json([_notice(one) for one in claim.notice_lines.all()])
        yield f"{folder}/payment.json", _json(_payment(claim, reveals=pack.reveals))
        yield f"{folder}/history.json", _json([_change(one) for one in claim.state_changes.all()])


def _related() -> tuple[Any, ...]:
    return (
        *RELATED,
        Prefetch("lines", ClaimLine.objects.select_related("policy", "sheet").order_by("computation", "order")),
        Prefetch("duties", ClaimDuty.objects.select_related("user")),
        Prefetch("notice_lines", NoticeLine.objects.select_related("notice")),
        Prefetch("payment_lines", PaymentLine.objects.select_related("batch", "account").order_by("pk")),
        Prefetch("ledger_entries", LedgerEntry.objects.select_related("journal", "budget_line").order_by("pk")),
        Prefetch("state_changes", ClaimStateChange.objects.select_related("actor").order_by("pk")),
        "recoveries",
    )


def _claim(claim: Claim, *, reveals: bool) -> dict[str, Any]:
    student = claim.student
    return {
        "number": claim.number, "scheme": claim.scheme.name, "kind": claim.kind, "state": claim.state,
        "policy": claim.policy.document_number, "policy_version": claim.policy.version, "student": student.name,
        "id_number": student.id_number if reveals else mask_id_number(student.id_number),
        "university": student.school, "level": claim.level, "host": claim.host.name,
        "lead_unit": claim.lead_unit.name, "starts_on": claim.starts_on, "ends_on": claim.ends_on,
        "months": claim.months, "amount": claim.amount, "round": claim.round, "computation": claim.computation,
        "inputs_hash": claim.inputs_hash, "submitted_at": claim.submitted_at,
    }  # fmt: skip


def _line(one: ClaimLine) -> dict[str, Any]:
    return {
        "computation": one.computation, "order": one.order, "policy": one.policy.document_number,
        "sheet_version": one.sheet.version if one.sheet else None, "starts_on": one.starts_on, "ends_on": one.ends_on,
        "days": one.days, "months": one.months, "rate": one.rate, "amount": one.amount,
        "in_words": sentences(one.steps), "steps": one.steps, "inputs_hash": one.inputs_hash,
    }  # fmt: skip


def _duty(one: ClaimDuty) -> dict[str, Any]:
    return {"duty": one.duty, "by": str(one.user), "account": one.user_id, "round": one.round, "opinion": one.opinion,
            "at": one.at}  # fmt: skip


def _notice(one: NoticeLine) -> dict[str, Any]:
    return {
        "notice": one.notice.number, "title": one.notice.title, "from": one.notice.starts_on,
        "until": one.notice.ends_on, "shown": [one.name, one.university, one.level, one.host, one.months, one.amount],
        "removed_on": one.removed_on, "removed_reason": one.removed_reason,
    }  # fmt: skip


def _payment(claim: Claim, *, reveals: bool) -> dict[str, Any]:
    return {
        "lines": [
            {
                "batch": line.batch.number, "reference": line.reference, "amount": line.amount, "result": line.result,
                "card": line.account.card if reveals else mask_card(line.account.card), "bank": line.account.bank,
                "holder": line.account.holder, "paid_on": line.paid_on, "bank_reference": line.bank_reference,
                "return_reason": line.return_reason, "released_by": str(line.batch.released_by or ""),
                "released_at": line.batch.released_at, "lines_hash": line.batch.lines_hash,
            }
            for line in claim.payment_lines.all()
        ],
        "ledger": [
            {
                "journal": entry.journal_id, "kind": entry.journal.kind, "at": entry.journal.at,
                "budget_line": str(entry.budget_line), "account": entry.account, "amount": entry.amount,
            }
            for entry in claim.ledger_entries.all()
        ],
        "recoveries": [
            {"amount": one.amount, "state": one.state, "reason": one.reason, "settled_on": one.settled_on}
            for one in claim.recoveries.all()
        ],
    }  # fmt: skip


def _change(one: ClaimStateChange) -> dict[str, Any]:
    return {"from": one.from_state, "to": one.to_state, "by": str(one.actor or ""), "round": one.round,
            "reason": one.reason, "at": one.at}  # fmt: skip


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: Any) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return str(value)
