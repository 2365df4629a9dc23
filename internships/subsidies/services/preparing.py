"""Prepares the claims of monthly allowances from confirmed attendance, thousands at a time.

Each batch is a transaction of its own, one at a time, under the lock of the scheme's caps: a worker that is killed
loses one batch at most, the next run goes on, and two runs at once make nothing twice.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.arithmetic import Caps, Computation, Inputs, work_out
from internships.subsidies.enums import ClaimState, SchemeKind
from internships.subsidies.models import Claim, ClaimLine, ClaimStateChange, Policy
from internships.subsidies.rules import Rules
from internships.subsidies.selectors.due import Due, due_periods, due_stays
from internships.subsidies.selectors.inputs import (
    NOTHING,
    Stay,
    Used,
    attendance_of,
    base_used,
    formers_of,
    stays,
    used_by,
)
from internships.subsidies.selectors.policies import caps_of, hosts_of, rules_of
from internships.subsidies.services.computing import claim_number, lock_caps, lock_preparing, needs_group
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.bulk import copy_values, reserve_ids
from wenxi_portal.core.collecting import collector_at_rest
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.history import in_context

BATCH = 5000


@dataclass(slots=True)
class _Run:
    """What one run knows of a policy. ``base`` holds what each base has used of its cap, by year."""

    policy: Policy
    rules: Rules
    caps: Caps
    until: date
    actor: User | None
    again: bool
    today: date
    now: datetime
    hosts: frozenset[int]
    base: dict[int, dict[int, Any]]


def prepare_claims(
    *,
    policy: Policy | None = None,
    until: date | None = None,
    actor: User | None = None,
    stays_only: Collection[int] | None = None,
) -> int:
    """Prepare what is due up to ``until`` (today when empty) and has no claim; return how many claims were made.

    Without a policy every approved allowance is looked at. ``stays_only`` limits it to some stays (their keys), for
    which a claim that was withdrawn or refused is prepared anew. Safe to run again at any time.
    """
    chosen = [policy] if policy else _approved_allowances()
    last = until or timezone.localdate()
    return sum(_prepare(each, last, actor, stays_only) for each in chosen)


def _prepare(policy: Policy, until: date, actor: User | None, stays_only: Collection[int] | None) -> int:
    run = _Run(
        policy, rules_of(policy), caps_of(policy), until, actor, stays_only is not None, timezone.localdate(),
        timezone.now(), hosts_of(policy), {},
    )  # fmt: skip
    count, after = 0, 0
    while True:
        with collector_at_rest():
            made, after = _batch(run, after, stays_only)
        count += made
        if not after:
            break
    if count:
        record(actor=actor, verb=Verb.CREATED, subject=policy, claims=count, until=until.isoformat())
    return count


@transaction.atomic
def _batch(run: _Run, after: int, stays_only: Collection[int] | None) -> tuple[int, int]:
    """Prepare the next batch of stays; return how many claims, and the last stay looked at (0: no more)."""
    lock_preparing()
    lock_caps(run.policy.scheme)
    in_context(user=run.actor.pk if run.actor else None)
    waiting = due_stays(run.policy, run.until, run.hosts)
    if stays_only is not None:
        waiting = waiting.filter(pk__in=stays_only)
    found = stays(waiting.filter(pk__gt=after).order_by("pk")[:BATCH])
    if not found:
        return 0, 0
    run.base.clear()
    attendance, formers = attendance_of(found, run.policy), formers_of(found, run.policy, run.hosts)
    due = due_periods(found, attendance, run.policy, run.until, formers=formers, again=run.again)
    worked_out = [(one, result) for one, result in _work_out(run, due) if result.amount]
    _write(run, worked_out)
    return len(worked_out), found[-1].pk


def _work_out(run: _Run, due: list[Due]) -> Iterator[tuple[Due, Computation]]:
    """Work out one after the other; each uses up what the next finds of the caps."""
    used = used_by((one.stay.student for one in due), run.policy.scheme)
    for one in due:
        stay = one.stay
        before = used.get(stay.student, Used())
        result = work_out(run.rules, run.caps, _inputs(run, one, before))
        used[stay.student] = before.and_(result.months, result.amount)
        if run.policy.most_a_base_year is not None and stay.base is not None:
            year = _base_used(run, one.ends_on.year)
            year[stay.base] = year.get(stay.base, NOTHING) + result.amount
        yield one, result


def _inputs(run: _Run, one: Due, before: Used) -> Inputs:
    stay, most, left = one.stay, run.policy.most_a_base_year, None
    if most is not None and stay.base is not None:
        left = most - _base_used(run, one.ends_on.year).get(stay.base, NOTHING)
    return Inputs(
        stay.level, one.starts_on, one.ends_on, one.attendance, before.months, before.amount, left, NOTHING, None,
        stay.starts_on, stay.ends_on, former=one.former,
    )  # fmt: skip


def _base_used(run: _Run, year: int) -> dict[int, Any]:
    if year not in run.base:
        run.base[year] = base_used(run.policy.scheme, year)
    return run.base[year]


def _write(run: _Run, worked_out: list[tuple[Due, Computation]]) -> None:
    keys = reserve_ids(Claim, len(worked_out))
    copy_values(Claim, (_claim(run, key, one, found) for key, (one, found) in zip(keys, worked_out, strict=True)))
    copy_values(
        ClaimLine,
        (
            _line(run, key, line)
            for key, (_one, found) in zip(keys, worked_out, strict=True)
            for line in found.lines
        ),
    )  # fmt: skip
    reason = _("Prepared from confirmed attendance")
    actor = run.actor.pk if run.actor else None
    change = {"from_state": "", "to_state": ClaimState.DRAFT.value, "reason": reason, "actor_id": actor, "at": run.now}
    copy_values(ClaimStateChange, ({"claim_id": key, **change} for key in keys))


def _claim(run: _Run, key: int, one: Due, found: Computation) -> dict[str, Any]:
    stay: Stay = one.stay
    return {
        "id": key,
        "number": claim_number(key, run.today),
        "scheme_id": run.policy.scheme_id,
        "policy_id": run.policy.pk,
        "kind": SchemeKind.ALLOWANCE.value,
        "placement_id": stay.pk,
        "student_id": stay.student,
        "host_id": stay.host,
        "lead_unit_id": stay.lead_unit,
        "level": stay.level,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "months": found.months,
        "amount": found.amount,
        "computation": 1,
        "inputs_hash": found.inputs_hash,
        "needs_group": needs_group(run.policy, found.amount),
        # Whoever could not know of the claim before has the whole window from today on.
        "due_on": max(one.ends_on, run.today) + timedelta(days=run.policy.window_days),
        "is_demo": stay.is_demo,
        "created_at": run.now,
        "updated_at": run.now,
    }


def _line(run: _Run, key: int, line: Any) -> dict[str, Any]:
    return {
        "claim_id": key,
        "computation": 1,
        "order": line.order,
        "policy_id": run.policy.pk,
        "sheet_id": line.sheet,
        "starts_on": line.starts_on,
        "ends_on": line.ends_on,
        "days": line.days,
        "months": line.months,
        "rate": line.rate,
        "amount": line.amount,
        "steps": json.dumps(line.steps, ensure_ascii=False),
        "inputs_hash": line.inputs_hash,
    }


def _approved_allowances() -> list[Policy]:
    found = Policy.objects.approved().filter(scheme__kind=SchemeKind.ALLOWANCE).select_related("scheme")
    return list(found.order_by("scheme_id", "valid_from"))


def prepare_for(*, policy: Policy, stay: int, actor: User) -> Claim:
    """Prepare the claims of one stay, after one was withdrawn or refused too; return the newest.

    Raises ``DomainError`` when nothing is due.
    """
    if not prepare_claims(policy=policy, actor=actor, stays_only=[stay]):
        raise DomainError(_("Nothing is due for this stay that is not claimed already."), code="nothing")
    newest: Claim = Claim.objects.filter(placement=stay, policy=policy).order_by("-pk")[0]
    return newest
