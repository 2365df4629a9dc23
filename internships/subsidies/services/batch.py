"""A payment batch: put together by one officer, sealed, released by another, or cancelled before (domain.md §4)."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.services.moves import Mover
from internships.subsidies.enums import BATCH_TRANSITIONS, BatchState, ClaimState, JournalKind, LineResult
from internships.subsidies.models import (
    BudgetLine,
    Claim,
    PaymentBatch,
    PaymentBatchStateChange,
    PaymentLine,
    Policy,
)
from internships.subsidies.selectors.batches import lines_hash
from internships.subsidies.selectors.payable import Wanted, batch_sums, obstacles, payable_claims, within_caps
from internships.subsidies.selectors.recomputing import differing
from internships.subsidies.services.ledger import give_up, move_lines
from internships.subsidies.services.many_claims import lock_claims_of, move_claims, pay_duty, totals_by_policy
from internships.subsidies.services.telling_many import tell_students
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.bulk import reserve_ids
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.history import in_context
from wenxi_portal.core.money import money
from wenxi_portal.core.wording import labelled, part_list, word_list

NAMED = 5
BATCHES: Mover[PaymentBatch] = Mover(BATCH_TRANSITIONS, PaymentBatchStateChange, "batch")
_ADD = """
INSERT INTO subsidies_paymentline
    (batch_id, claim_id, account_id, "order", reference, amount, result, bank_reference, return_reason)
SELECT %(batch)s, claim.id, claim.account_id, %(last)s + row_number() OVER (ORDER BY claim.id),
       concat(%(number)s::text, '-', claim.id), claim.amount, %(pending)s, '', ''
FROM subsidies_claim AS claim WHERE claim.id = ANY(%(claims)s) ORDER BY claim.id
ON CONFLICT DO NOTHING
"""
_RENUMBER = """
UPDATE subsidies_paymentline AS line SET "order" = placed.place
FROM (
    SELECT id, row_number() OVER (ORDER BY "order", id) AS place FROM subsidies_paymentline WHERE batch_id = %s
) AS placed
WHERE line.id = placed.id AND line."order" <> placed.place
"""


@transaction.atomic
def draft_batch(
    *, title: str, budget_line: BudgetLine, actor: User, wanted: Wanted | None = None
) -> tuple[PaymentBatch, int]:
    """Begin a batch with every claim that ``wanted`` names and that can be paid; return it and how many caps left out.

    Raises ``DomainError`` when the line is of another year or no claim fits.
    """
    check_year(budget_line)
    (pk,) = reserve_ids(PaymentBatch, 1)
    batch = PaymentBatch(
        pk=pk, number=f"FK{budget_line.year}{pk:05}", title=title.strip(), budget_line=budget_line, drafted_by=actor,
        is_demo=budget_line.is_demo,
    )  # fmt: skip
    batch.full_clean()
    batch.save(force_insert=True)
    BATCHES.entered(batch, actor=actor, reason=_("put together"))
    record(actor=actor, verb=Verb.CREATED, subject=batch)
    added, left_out = _fill(batch, payable_claims(budget_line, wanted), actor)
    if not added:
        raise DomainError(
            _("No cleared claim fits these filters: nothing to pay, or everything is in a batch or held."), code="empty"
        )
    return batch, left_out


@transaction.atomic
def add_claims(*, batch: PaymentBatch, claims: Iterable[Claim], actor: User) -> int:
    """Put more claims into a draft; return how many went in. What cannot be paid now, or is in a batch, stays out."""
    present = _draft(batch)
    keys = [claim.pk for claim in claims]
    added, _left_out = _fill(present, payable_claims(present.budget_line).filter(pk__in=keys), actor)
    return added


@transaction.atomic
def remove_claims(*, batch: PaymentBatch, claims: Iterable[Claim], actor: User) -> int:
    """Take claims out of a draft; return how many were in it."""
    present = _draft(batch)
    keys = [claim.pk for claim in claims]
    removed, _by_model = PaymentLine.objects.filter(batch=present, claim__in=keys).delete()
    if removed:
        record(actor=actor, verb=Verb.CHANGED, subject=present, removed=removed)
    return removed


@transaction.atomic
def seal_batch(*, batch: PaymentBatch, actor: User, expected: str | None = None) -> PaymentBatch:
    """Fix the lines and set the money aside: each claim is looked at once more under its lock.

    Raises ``DomainError`` naming the claims that cannot be paid as they stand, and when the budget line does not hold
    the sum or a policy's cap is passed.
    """
    present = BATCHES.locked(batch, BatchState.SEALED, expected=expected)
    in_context(user=actor.pk)
    check_year(present.budget_line)
    _check_not_own(present, actor)
    if not lock_claims_of(present):
        raise DomainError(_("There is no claim in this batch."), code="empty")
    _check_lines(present)
    _check_caps(present)
    with connection.cursor() as cursor:
        cursor.execute(_RENUMBER, [present.pk])
    sums = batch_sums(present)
    present.count, present.total, present.lines_hash = sums["count"], sums["total"], lines_hash(present)
    present.sealed_by, present.sealed_at = actor, timezone.now()
    BATCHES.write(
        present, BatchState.SEALED, actor=actor, reason=_("sealed"),
        fields=("count", "total", "lines_hash", "sealed_by", "sealed_at"), ask_first=False,
    )  # fmt: skip
    corrected = Claim.objects.filter(payment_lines__batch=present, state=ClaimState.CORRECTED)
    if again := list(corrected.values_list("pk", flat=True)):
        give_up(claims=again, actor=actor, note=present.number)
    move_lines(kind=JournalKind.RESERVED, batch=present, actor=actor)
    move_claims(batch=present, to_state=ClaimState.BATCHED, actor=actor, reason=present.number)
    tell_students(batch=present, kind="payment_batched", day=timezone.localdate())
    return present


@transaction.atomic
def release_batch(*, batch: PaymentBatch, actor: User, expected: str | None = None) -> PaymentBatch:
    """Release a sealed batch to the bank: finance, and nobody who drafted, sealed or reviewed (domain.md §4).

    Raises ``DomainError`` when the person had another part in it, when the lines are not those that were sealed, and
    when its budget year is over.
    """
    present = BATCHES.locked(batch, BatchState.RELEASED, expected=expected)
    in_context(user=actor.pk)
    if actor.pk in {present.drafted_by_id, present.sealed_by_id}:
        raise DomainError(_("Whoever put the batch together does not release it."), code="duty")
    check_year(present.budget_line)
    _check_not_own(present, actor)
    lock_claims_of(present)
    if lines_hash(present) != present.lines_hash:
        raise DomainError(
            _("The lines are not those that were sealed. Do not pay: tell the auditors."), code="fingerprint"
        )
    pay_duty(batch=present, actor=actor)
    present.released_by, present.released_at = actor, timezone.now()
    BATCHES.write(
        present, BatchState.RELEASED, actor=actor, reason=_("released"), fields=("released_by", "released_at"),
        ask_first=False,
    )  # fmt: skip
    tell_students(batch=present, kind="payment_released", day=timezone.localdate())
    return present


@transaction.atomic
def cancel_batch(*, batch: PaymentBatch, actor: User, reason: str, expected: str | None = None) -> PaymentBatch:
    """Cancel a batch that has not gone to the bank: claims go back where they were, money set aside is free again."""
    present = BATCHES.locked(batch, BatchState.CANCELLED, reason=reason, expected=expected)
    in_context(user=actor.pk)
    was_sealed = present.state == BatchState.SEALED
    lock_claims_of(present)
    if was_sealed:
        move_lines(kind=JournalKind.RELEASED, batch=present, actor=actor, note=reason[:300])
        move_claims(batch=present, to_state=None, actor=actor, reason=reason)
    PaymentLine.objects.filter(batch=present).update(result=LineResult.CANCELLED)
    BATCHES.write(present, BatchState.CANCELLED, actor=actor, reason=reason, fields=())
    if was_sealed:
        tell_students(batch=present, kind="payment_put_off", day=timezone.localdate())
    return present


def check_year(line: BudgetLine) -> None:
    """Raise ``DomainError`` when ``line`` is not of the present year: money of a year is paid in that year."""
    year = timezone.localdate().year
    if line.year != year:
        raise DomainError(
            _("This budget line is of %(line_year)d, and it is %(year)d: take a line of this year.")
            % {"line_year": line.year, "year": year},
            code="year",
        )


def _fill(batch: PaymentBatch, claims: Any, actor: User) -> tuple[int, int]:
    chosen, left_out = within_caps(claims, totals_by_policy(batch))
    room = settings.SUBSIDY_BATCH_MOST_LINES - batch_sums(batch)["count"]
    values = {
        "batch": batch.pk, "number": batch.number, "pending": LineResult.PENDING.value, "claims": chosen[:room],
        "last": batch_sums(batch)["last"],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ADD, values)
        added = int(cursor.rowcount)
    if added:
        record(actor=actor, verb=Verb.CHANGED, subject=batch, added=added)
    return added, left_out + len(chosen[room:])


def _draft(batch: PaymentBatch) -> PaymentBatch:
    present = lock(batch)
    if present.state != BatchState.DRAFT:
        raise DomainError(_("This batch is sealed: its lines are fixed."), code="sealed")
    return present


def _check_not_own(batch: PaymentBatch, actor: User) -> None:
    if batch.lines.filter(claim__student__user=actor).exists():
        raise DomainError(_("Your own claim is in this batch: a colleague has to do this."), code="duty")


def _check_lines(batch: PaymentBatch) -> None:
    found = obstacles(batch)
    # Worked out anew only when nothing simpler speaks against it: then every claim of the batch is looked at.
    if not found and (others := differing(Claim.objects.filter(payment_lines__batch=batch), NAMED)):
        found = {"differs": [f"{one.number} ({money(one.stored)} → {money(one.now)})" for one in others]}
    if not found:
        return
    words = {
        "state": _("no longer cleared for payment"),
        "held": _("held by an open finding"),
        "account": _("bank account changed since it was added"),
        "amount": _("amount differs from its arithmetic"),
        "sheet": _("the attendance it counts has been replaced"),
        "cover": _("a day of the stay is not insured"),
        "differs": _("working it out again gives another amount, or rests on other attendance or another policy"),
    }
    parts = [labelled(words[why], word_list(numbers)) for why, numbers in found.items()]
    raise DomainError(
        _("Take these claims out of the batch, or have them put right: %(claims)s.") % {"claims": part_list(parts)},
        code="lines",
    )


def _check_caps(batch: PaymentBatch) -> None:
    totals = totals_by_policy(batch)
    for policy in Policy.objects.filter(pk__in=totals, most_a_batch__isnull=False):
        if totals[policy.pk] > (policy.most_a_batch or 0):
            raise DomainError(
                _("“%(policy)s” pays at most %(most)s in one batch; this one holds %(sum)s.")
                % {"policy": policy, "most": money(policy.most_a_batch or 0), "sum": money(totals[policy.pk])},
                code="cap",
            )
