"""Works claims out again with what is on file now: one, or the thousands of a batch in a few statements.

The caps count as they stood when a claim was worked out (its step ``before``), so that what others have used of them
since then changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from internships.models import Placement
from internships.subsidies.arithmetic import Computation, Inputs, Step, less_paid, work_out
from internships.subsidies.enums import SchemeKind
from internships.subsidies.models import Claim, ClaimLine, Policy
from internships.subsidies.selectors.inputs import NOTHING, allowance_paid, attendance_of, formers_of, stays
from internships.subsidies.selectors.paid import paid_of
from internships.subsidies.selectors.policies import caps_of, hosts_of, rules_of
from wenxi_portal.core.bulk import one_of

BATCH = 5000


@dataclass(frozen=True, slots=True)
class Differing:
    """A claim that would come out otherwise today: its number, what is on file and what it comes to now, in yuan."""

    claim: int
    number: str
    stored: Decimal
    now: Decimal


def recompute(claim: Claim) -> Computation:
    """Work a claim out with what is on file now, but with the caps as they stood when it was worked out.

    A difference (``corrects``) is what the paid claim comes to now, less what was paid.
    """
    if claim.corrects is not None:
        return less_paid(recompute(claim.corrects), paid_of(claim.corrects, without=claim), claim.corrects.number)
    return _recompute_many([claim])[claim.pk]


def recompute_differs(claim: Claim) -> bool:
    """Tell whether working the claim out anew gives another amount, or rests on other inputs."""
    lines = claim.lines.filter(computation=claim.computation).order_by().values_list("amount", flat=True)
    return _differs(claim, recompute(claim), sum(lines, NOTHING))


def differing(claims: QuerySet[Claim], most: int) -> list[Differing]:
    """Return at most ``most`` of ``claims`` that would come out otherwise today, in the order of their keys.

    Differences (``corrects``) are amounts of their own and are not looked at.
    """
    found: list[Differing] = []
    rows, after = claims.filter(corrects__isnull=True).select_related("milestone").order_by("pk"), 0
    while len(found) < most and (batch := list(rows.filter(pk__gt=after)[:BATCH])):
        after = batch[-1].pk
        now = _recompute_many(batch)
        sums = _stored_sums(batch)
        found += [
            Differing(claim.pk, claim.number, claim.amount, now[claim.pk].amount)
            for claim in batch
            if _differs(claim, now[claim.pk], sums[claim.pk])
        ]
    return found[:most]


def _differs(claim: Claim, now: Computation, stored: Decimal) -> bool:
    return (now.inputs_hash, now.amount, now.amount) != (claim.inputs_hash, claim.amount, stored)


def _recompute_many(claims: Iterable[Claim]) -> dict[int, Computation]:
    """Return what each claim comes to now; a few statements for each policy that holds for some of them."""
    by_policy: dict[Policy, list[Claim]] = defaultdict(list)
    holds = _Holding(claims := list(claims))
    for claim in claims:
        by_policy[holds.on(claim)].append(claim)
    return dict(found for policy, own in by_policy.items() for found in _under(policy, own))


def _under(policy: Policy, claims: list[Claim]) -> Iterator[tuple[int, Computation]]:
    found = stays(Placement.objects.filter(pk__in=one_of({claim.placement_id for claim in claims})))
    by_key = {stay.pk: stay for stay in found}
    rules, caps, hosts = rules_of(policy), caps_of(policy), hosts_of(policy)
    is_bonus = policy.scheme.kind == SchemeKind.BONUS
    attendance = {} if is_bonus else attendance_of(found, policy)
    formers = {} if is_bonus else formers_of(found, policy, hosts)
    steps = _steps_of(claims)
    for claim in claims:
        stay, told = by_key[claim.placement_id], steps[claim.pk]
        before = _step("before", told)
        payer = stay.employer if is_bonus else stay.host
        inputs = Inputs(
            claim.level,
            claim.starts_on,
            claim.ends_on,
            () if claim.milestone_id else attendance[stay.pk],
            Decimal(before["months"]) if before else NOTHING,
            Decimal(before["amount"]) if before else NOTHING,
            Decimal(before["base_left"]) if before and before["base_left"] is not None else None,
            _topped_up(claim, told, rules.bonus is not None and bool(rules.bonus.percent_of_allowance)),
            (claim.milestone.kind, claim.milestone.months) if claim.milestone else None,
            stay.starts_on,
            stay.ends_on,
            not hosts or payer in hosts,
            formers.get(stay.pk),
        )
        yield claim.pk, work_out(rules, caps, inputs)


class _Holding:
    """The policies that hold for some claims: by scheme and first day, otherwise the one they were worked out by."""

    def __init__(self, claims: list[Claim]) -> None:
        schemes, own = {claim.scheme_id for claim in claims}, {claim.policy_id for claim in claims}
        known = Policy.objects.filter(Q(pk__in=own) | Q(pk__in=Policy.objects.approved().filter(scheme__in=schemes)))
        self.by_key = {policy.pk: policy for policy in known.select_related("scheme")}
        self.days: dict[tuple[int, date], Policy | None] = {}

    def on(self, claim: Claim) -> Policy:
        """Return the policy that holds for ``claim``."""
        place = (claim.scheme_id, claim.starts_on)
        if place not in self.days:
            holding = (policy for policy in self.by_key.values() if _holds(policy, *place))
            self.days[place] = next(holding, None)
        return self.days[place] or self.by_key[claim.policy_id]


def _holds(policy: Policy, scheme: int, day: date) -> bool:
    return (
        policy.is_approved
        and policy.scheme_id == scheme
        and policy.valid_from <= day
        and (policy.valid_until is None or policy.valid_until >= day)
    )


def _present_lines(claims: list[Claim]) -> QuerySet[ClaimLine]:
    rows = ClaimLine.objects.filter(claim__in=one_of(claim.pk for claim in claims))
    computations = {claim.computation for claim in claims}
    return rows.filter(computation__in=computations).order_by("claim", "order")


def _stored_sums(claims: list[Claim]) -> dict[int, Decimal]:
    present = {claim.pk: claim.computation for claim in claims}
    sums: dict[int, Decimal] = dict.fromkeys(present, NOTHING)
    for claim, computation, amount in _present_lines(claims).values_list("claim_id", "computation", "amount"):
        if present[claim] == computation:
            sums[claim] += amount
    return sums


def _steps_of(claims: list[Claim]) -> dict[int, list[Step]]:
    """Return the steps that tell what was used before: of the first line, of a bonus of all of them."""
    present = {claim.pk: claim.computation for claim in claims}
    steps: dict[int, list[Step]] = defaultdict(list)
    rows = _present_lines(claims)
    if not any(claim.milestone_id for claim in claims):
        rows = rows.filter(order=1)
    for claim, computation, told in rows.values_list("claim_id", "computation", "steps"):
        if present[claim] == computation:
            steps[claim] += told
    return steps


def _step(code: str, told: list[Step]) -> Step | None:
    return next((step for step in told if step["code"] == code), None)


def _topped_up(claim: Claim, told: list[Step], tops_up: Any) -> Decimal:
    """Return the allowance that a bonus tops up as it stood; what was paid by now where it had topped nothing up."""
    if not tops_up:
        return NOTHING
    found = _step("top_up", told)
    return Decimal(found["allowance"]) if found else allowance_paid(claim.placement)
