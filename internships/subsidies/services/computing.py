"""Works a claim out under lock, and writes what it comes to."""

from datetime import date
from decimal import Decimal

from django.db import connection, transaction
from django.utils.translation import gettext as _

from internships.models import Placement
from internships.subsidies.arithmetic import Computation, Inputs, work_out
from internships.subsidies.enums import OPEN_TO_RECOMPUTING, Rhythm, SchemeKind
from internships.subsidies.models import Claim, ClaimLine, Policy, Scheme
from internships.subsidies.selectors.inputs import (
    NOTHING,
    Used,
    allowance_paid,
    attendance_of,
    base_used,
    formers_of,
    stays,
    used_by,
)
from internships.subsidies.selectors.policies import caps_of, hosts_of, policy_on, rules_of
from internships.subsidies.selectors.recomputing import recompute
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

# The first number of the advisory locks under which the caps of a scheme are counted and used.
CAPS_LOCK = 5_140_823


def lock_preparing() -> None:
    """Let nobody else prepare claims of allowances until the transaction ends: days are claimed once in all schemes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [CAPS_LOCK])


def lock_caps(scheme: Scheme) -> None:
    """Let nobody else count or use the caps of a scheme until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CAPS_LOCK, scheme.pk])


def inputs_of(
    placement: Placement,
    policy: Policy,
    *,
    starts_on: date | None = None,
    ends_on: date | None = None,
    milestone: tuple[str, int] | None = None,
    level: str = "",
    claim: Claim | None = None,
) -> Inputs:
    """Return what a claim for a stay is worked out from today; ``claim`` itself takes nothing of the caps.

    ``starts_on`` to ``ends_on`` are the days claimed (the whole stay when empty); ``level`` is the student's.
    """
    stay = stays(Placement.objects.filter(pk=placement.pk))[0]
    first, last = starts_on or stay.starts_on, ends_on or stay.ends_on
    used = used_by([stay.student], policy.scheme, claim).get(stay.student, Used())
    left = None
    if policy.most_a_base_year is not None and stay.base is not None:
        left = policy.most_a_base_year - base_used(policy.scheme, last.year, claim).get(stay.base, NOTHING)
    hosts = hosts_of(policy)
    payer_of = stay.employer if policy.scheme.kind == SchemeKind.BONUS else stay.host
    return Inputs(
        level or stay.level,
        first,
        last,
        () if milestone else attendance_of([stay], policy)[stay.pk],
        used.months,
        used.amount,
        left,
        allowance_paid(placement) if milestone else NOTHING,
        milestone,
        stay.starts_on,
        stay.ends_on,
        not hosts or payer_of in hosts,
        None if milestone else formers_of([stay], policy, hosts).get(stay.pk),
    )


@transaction.atomic
def compute_claim(*, claim: Claim, actor: User | None) -> Claim:
    """Work a draft or a claim that was handed back out anew, by the policy that holds on its first day.

    Lines of earlier computations stay. Raises ``DomainError`` when the claim is beyond that, or no policy holds.
    """
    lock_caps(claim.scheme)
    present = lock(claim)
    if present.state not in OPEN_TO_RECOMPUTING:
        raise DomainError(_("This claim is being reviewed: its amount stays as it is."), code="transition")
    policy = policy_on(present.scheme, present.starts_on)
    if policy is None:
        raise DomainError(_("No approved policy holds on the first day of this claim."), code="no_policy")
    if policy.scheme.kind == SchemeKind.ALLOWANCE and policy.rhythm == Rhythm.AT_END:
        present.starts_on, present.ends_on = present.placement.starts_on, present.placement.ends_on
    found = (
        recompute(present)
        if present.corrects
        else work_out(rules_of(policy), caps_of(policy), _inputs(present, policy))
    )
    if found.inputs_hash == present.inputs_hash and found.amount == present.amount and present.computation:
        return present
    present.policy = policy
    present.computation += 1
    present.months, present.amount, present.inputs_hash = found.months, found.amount, found.inputs_hash
    present.needs_group = needs_group(policy, found.amount)
    present.revision += 1
    present.save(
        update_fields=[
            "policy", "starts_on", "ends_on", "computation", "months", "amount", "inputs_hash", "needs_group",
            "revision", "updated_at",
        ]
    )  # fmt: skip
    ClaimLine.objects.bulk_create(lines_of(present, found))
    record(actor=actor, verb=Verb.CHANGED, subject=present, computation=present.computation, amount=str(found.amount))
    return present


def lines_of(claim: Claim, found: Computation) -> list[ClaimLine]:
    """Return the rows of a computation."""
    return [
        ClaimLine(
            claim=claim, computation=claim.computation, policy_id=claim.policy_id, sheet_id=line.sheet,
            order=line.order, starts_on=line.starts_on, ends_on=line.ends_on, days=line.days, months=line.months,
            rate=line.rate, amount=line.amount, steps=list(line.steps), inputs_hash=line.inputs_hash,
        )
        for line in found.lines
    ]  # fmt: skip


def needs_group(policy: Policy, amount: Decimal) -> bool:
    """Tell whether the leading group decides on such an amount."""
    return policy.group_from is not None and amount >= policy.group_from


def claim_number(pk: int, day: date) -> str:
    """Return the number of a claim that is entered on ``day`` under the key ``pk``."""
    return f"BT{day:%Y}{pk:08d}"


def _inputs(claim: Claim, policy: Policy) -> Inputs:
    milestone = claim.milestone
    return inputs_of(
        claim.placement, policy, starts_on=claim.starts_on, ends_on=claim.ends_on, level=claim.level, claim=claim,
        milestone=(milestone.kind, milestone.months) if milestone else None,
    )  # fmt: skip
