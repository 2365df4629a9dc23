"""The claims of a batch all at once: one statement moves ten thousand, each leaves its row.

The audit holds one entry for the batch, as with every verb for many; the change of each claim names who moved it.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.enums import CLAIM_TRANSITIONS, SEPARATE_DUTIES, ClaimState, Duty
from internships.subsidies.models import Claim, ClaimDuty, PaymentBatch
from wenxi_portal.accounts.models import User
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.wording import MORE, word_list

_LINES = "line.batch_id = %(batch)s AND (%(lines)s::bigint[] IS NULL OR line.id = ANY(%(lines)s))"
# The claim comes back where it was before the batch took it.
_FORMER = """(
    SELECT change.from_state FROM subsidies_claimstatechange AS change
    WHERE change.claim_id = claim.id AND change.to_state = claim.state ORDER BY change.id DESC LIMIT 1
)"""
_MOVE = f"""
WITH before AS (
    SELECT claim.id, claim.state, claim.round, {{target}} AS target
    FROM subsidies_claim AS claim JOIN subsidies_paymentline AS line ON line.claim_id = claim.id
    WHERE {_LINES}
),
moved AS (
    UPDATE subsidies_claim AS claim SET state = before.target, revision = claim.revision + 1, updated_at = %(now)s
    FROM before WHERE claim.id = before.id
)
INSERT INTO subsidies_claimstatechange (claim_id, from_state, to_state, reason, actor_id, at, round)
SELECT id, state, target, %(reason)s, %(actor)s, %(now)s, round FROM before
"""  # noqa: S608 - words of our own


def lock_claims_of(batch: PaymentBatch) -> int:
    """Lock the claims of a batch in one order, so that two who do it never wait in a ring; return how many."""
    rows = Claim.objects.filter(payment_lines__batch=batch).select_for_update(of=("self",), no_key=True)
    return len(rows.order_by("pk").values_list("pk", flat=True))


def move_claims(
    *, batch: PaymentBatch, to_state: ClaimState | None, actor: User, reason: str, lines: Sequence[int] | None = None
) -> int:
    """Move the locked claims of a batch's lines (all, or the keys ``lines``); return how many.

    None as ``to_state`` takes them back to where they were before. Raises ``DomainError`` when one may not go there.
    """
    if lines is not None and not lines:
        return 0
    values = {
        "batch": batch.pk, "lines": None if lines is None else list(lines), "actor": actor.pk,
        "reason": reason.strip()[:500], "now": timezone.now(), "target": to_state.value if to_state else "",
    }  # fmt: skip
    target = "%(target)s::varchar" if to_state else _FORMER
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT claim.state FROM subsidies_claim AS claim"  # noqa: S608 - words of our own
            f" JOIN subsidies_paymentline AS line ON line.claim_id = claim.id WHERE {_LINES}",
            values,
        )
        if to_state:
            for (state,) in cursor.fetchall():
                CLAIM_TRANSITIONS.check(state, to_state)
        cursor.execute(_MOVE.replace("{target}", target), values)
        return int(cursor.rowcount)


def pay_duty(*, batch: PaymentBatch, actor: User) -> None:
    """Write down that ``actor`` pays every claim of the batch.

    Raises ``DomainError`` when the person had another duty on one of them (domain.md §4, Subsidies); the database
    refuses as well.
    """
    others = Claim.objects.filter(
        payment_lines__batch=batch,
        duties__user=actor,
        duties__duty__in=[duty for duty in SEPARATE_DUTIES if duty != Duty.PAY],
    )
    named = list(others.distinct().order_by("number").values_list("number", flat=True)[:5])
    if named:
        raise _one_hand(named)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO subsidies_claimduty (claim_id, duty, user_id, round, opinion, at)"
                " SELECT claim.id, %(duty)s, %(user)s, claim.round, %(opinion)s, %(now)s"
                " FROM subsidies_paymentline AS line JOIN subsidies_claim AS claim ON claim.id = line.claim_id"
                " WHERE line.batch_id = %(batch)s ORDER BY claim.id",
                {"duty": Duty.PAY.value, "user": actor.pk, "opinion": batch.number, "batch": batch.pk,
                 "now": timezone.now()},
            )  # fmt: skip
    except IntegrityError as error:
        if ClaimDuty._meta.constraints[0].name not in str(error):
            raise
        raise _one_hand([]) from error


def totals_by_policy(batch: PaymentBatch) -> Mapping[int, Decimal]:
    """Return what a batch pays under each policy (key), in yuan."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT claim.policy_id, sum(line.amount) FROM subsidies_paymentline AS line"
            " JOIN subsidies_claim AS claim ON claim.id = line.claim_id WHERE line.batch_id = %s GROUP BY 1",
            [batch.pk],
        )
        return dict(cursor.fetchall())


def _one_hand(named: Sequence[str]) -> DomainError:
    return DomainError(
        _("You had another duty in claims of this batch (%(claims)s): a colleague has to release it.")
        % {"claims": word_list(named) or MORE},
        code="duty",
    )
