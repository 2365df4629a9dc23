"""What has to have happened before a bonus is due: opened where somebody was hired, confirmed from a proof."""

from datetime import date

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import Outcome, PlacementState
from internships.models import Placement, StudentPaper
from internships.subsidies.enums import MilestoneKind, SchemeKind
from internships.subsidies.models import Milestone, Policy
from internships.subsidies.periods import add_months
from internships.subsidies.rules import Rules
from internships.subsidies.selectors.papers import MILESTONE_PROOFS
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

HIRED = (Outcome.HIRED, Outcome.HIRED_ELSEWHERE)


@transaction.atomic
def open_milestones() -> dict[str, int]:
    """Open the milestones of everybody who was hired after a completed stay, and close those of whoever no longer is.

    A policy of a bonus names the milestones; where it names employers, it holds for them alone. Run twice, the second
    finds nothing to do.
    """
    rows: list[Milestone] = []
    for policy in Policy.objects.approved().filter(scheme__kind=SchemeKind.BONUS).order_by("pk"):
        bonus = Rules.from_data(policy.rules).bonus
        for stay in hired_under(policy).iterator() if bonus else ():
            rows += [
                Milestone(placement=stay, kind=one.kind, months=one.months, due_on=_due(stay, one.months))
                for one in (bonus.milestones if bonus else ())
            ]
    before = Milestone.objects.count()
    Milestone.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
    return {"opened": Milestone.objects.count() - before, "moved": _moved(), "closed": _closed()}


def hired_under(policy: Policy) -> QuerySet[Placement]:
    """Return the completed stays that led to a contract while ``policy`` was in force, with an employer it names."""
    stays = Placement.objects.filter(
        state=PlacementState.COMPLETED, outcome__in=HIRED, contract_on__gte=policy.valid_from
    )
    if policy.valid_until:
        stays = stays.filter(contract_on__lte=policy.valid_until)
    employers = list(policy.policy_hosts.values_list("host", flat=True))
    return stays.filter(employer__in=employers) if employers else stays


@transaction.atomic
def confirm_milestone(
    *, milestone: Milestone, actor: User, proof: StudentPaper, reached_on: date, today: date | None = None
) -> Milestone:
    """Confirm from ``proof`` that a milestone was reached on ``reached_on``. Confirmed twice, it is confirmed once.

    Raises ``DomainError`` for another student's or another kind of paper, a day before it could be reached or that has
    not come, and when the student is not hired any more.
    """
    present = lock(milestone)
    if present.reached_on is not None:
        return present
    stay = present.placement
    if stay.outcome not in HIRED:
        raise DomainError(_("The stay does not lead to a contract any more: look at what followed."), code="hired")
    if proof.student_id != stay.student_id or proof.kind != MILESTONE_PROOFS[MilestoneKind(present.kind)]:
        raise DomainError(_("Choose the student's own paper that proves it."), code="proof", field="proof")
    if reached_on < present.due_on:
        raise DomainError(
            _("It cannot be reached before its time: look at the date of the contract."), code="early",
            field="reached_on",
        )  # fmt: skip
    if reached_on > (today or timezone.localdate()):
        raise DomainError(_("This day has not come yet: enter what has happened."), code="future", field="reached_on")
    present.proof, present.reached_on, present.confirmed_by, present.missed_reason = proof, reached_on, actor, ""
    present.full_clean()
    present.save()
    record(actor=actor, verb=Verb.CHANGED, subject=present, reached_on=reached_on.isoformat())
    return present


@transaction.atomic
def miss_milestone(*, milestone: Milestone, actor: User, reason: str) -> Milestone:
    """Write down why a milestone was not reached: no bonus is prepared for it."""
    present = lock(milestone)
    if present.reached_on is not None:
        raise DomainError(_("This milestone is confirmed already."), code="reached")
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    present.missed_reason = reason.strip()[:300]
    present.full_clean()
    present.save()
    record(actor=actor, verb=Verb.CHANGED, subject=present, reason=reason)
    return present


def open_ones(today: date | None = None) -> QuerySet[Milestone]:
    """Return the milestones that can be reached by now and that nobody has confirmed."""
    return Milestone.objects.filter(
        reached_on__isnull=True, missed_reason="", due_on__lte=today or timezone.localdate()
    )


def _due(stay: Placement, months: int) -> date:
    if stay.contract_on is None:
        raise DomainError(_("Give the date of the employment contract."), code="contract")
    return add_months(stay.contract_on, months)


def _moved() -> int:
    """Move what is open along with a contract whose date was corrected."""
    moved = 0
    waiting = Milestone.objects.filter(reached_on__isnull=True, missed_reason="", placement__outcome__in=HIRED)
    for milestone in waiting.exclude(months=0, due_on=F("placement__contract_on")).select_related("placement"):
        due_on = _due(milestone.placement, milestone.months)
        if due_on != milestone.due_on:
            milestone.due_on = due_on
            milestone.save(update_fields=["due_on", "updated_at"])
            moved += 1
    return moved


def _closed() -> int:
    gone = Milestone.objects.filter(~Q(placement__outcome__in=HIRED), reached_on__isnull=True, missed_reason="")
    return gone.update(missed_reason=_("No longer hired"), updated_at=timezone.now())
