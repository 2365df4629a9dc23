"""The claim of a milestone: what staying is worth, for the employers that the policy names."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.models import Placement, StudentPaper
from internships.subsidies.arithmetic import work_out
from internships.subsidies.enums import ClaimState, SchemeKind
from internships.subsidies.models import Claim, Milestone, Policy
from internships.subsidies.selectors.policies import caps_of, rules_of
from internships.subsidies.services.computing import claim_number, compute_claim, inputs_of
from internships.subsidies.services.milestone import confirm_milestone, hired_under
from internships.subsidies.services.moves import CLAIMS
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.bulk import reserve_ids
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError


@transaction.atomic
def prepare_bonus(*, milestone: Milestone, actor: User | None) -> Claim | None:
    """Prepare the claim of a confirmed milestone; the one there is already is returned, None when nothing is due.

    Raises ``DomainError`` for a milestone that nobody has confirmed.
    """
    present = lock(milestone)
    if present.reached_on is None:
        raise DomainError(_("The milestone has to be confirmed first."), code="open")
    held = Claim.objects.counting().filter(milestone=present, corrects__isnull=True).first()
    if held is not None:
        return held
    stay = present.placement
    policy = policy_for(present)
    if policy is None or stay.contract_on is None:
        return None
    level = _level(stay)
    days = {"starts_on": stay.contract_on, "ends_on": max(stay.contract_on, present.reached_on)}
    inputs = inputs_of(stay, policy, milestone=(present.kind, present.months), level=level, **days)
    if work_out(rules_of(policy), caps_of(policy), inputs).amount <= 0:
        return None
    today = timezone.localdate()
    key = reserve_ids(Claim, 1)[0]
    claim = Claim(
        pk=key,
        number=claim_number(key, today),
        scheme=policy.scheme,
        policy=policy,
        kind=SchemeKind.BONUS,
        placement=stay,
        student=stay.student,
        host=stay.employer or stay.host,
        lead_unit=stay.lead_unit,
        milestone=present,
        level=level,
        due_on=max(today, present.reached_on) + timedelta(days=policy.window_days),
        is_demo=stay.is_demo,
        **days,
    )
    claim.save(force_insert=True)
    CLAIMS.entered(claim, actor=actor, reason=_("Prepared from a confirmed milestone"))
    record(actor=actor, verb=Verb.CREATED, subject=claim, milestone=str(present))
    return compute_claim(claim=claim, actor=actor)


def policy_for(milestone: Milestone) -> Policy | None:
    """Return the policy that pays at ``milestone``: in force on the day of the contract, for that employer."""
    stay = milestone.placement
    if stay.contract_on is None:
        return None
    policies = Policy.objects.in_force_on(stay.contract_on).filter(scheme__kind=SchemeKind.BONUS)
    for policy in policies.select_related("scheme").order_by("scheme__order", "pk"):
        bonus = rules_of(policy).bonus
        named = bonus is not None and any(
            (one.kind, one.months) == (milestone.kind, milestone.months) for one in bonus.milestones
        )
        if named and hired_under(policy).filter(pk=stay.pk).exists():
            return policy
    return None


def _level(stay: Placement) -> str:
    """Return the level that was studied during the stay: that of its allowance, otherwise the student's."""
    paid = stay.claims.filter(kind=SchemeKind.ALLOWANCE).exclude(state=ClaimState.WITHDRAWN).order_by("pk").first()
    return str(paid.level if paid else stay.student.level)


@transaction.atomic
def confirm_and_prepare(*, milestone: Milestone, actor: User, proof: StudentPaper, reached_on: date) -> Milestone:
    """Confirm a milestone and prepare its claim in one go; return the milestone."""
    confirmed = confirm_milestone(milestone=milestone, actor=actor, proof=proof, reached_on=reached_on)
    prepare_bonus(milestone=confirmed, actor=actor)
    return confirmed
