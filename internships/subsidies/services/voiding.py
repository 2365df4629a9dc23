"""Claims whose ground has changed go back by themselves; what was paid already is held for an officer to look at."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import PlacementState
from internships.subsidies.enums import OPEN_TO_RECOMPUTING, SETTLED_STATES, UNDER_WAY, ClaimState, FlagKind
from internships.subsidies.models import Claim, Policy
from internships.subsidies.selectors.changes import Change, changes_of, replaced
from internships.subsidies.services.account import REVIEWED
from internships.subsidies.services.claim import withdraw
from internships.subsidies.services.computing import compute_claim
from internships.subsidies.services.findings import look_at, raise_flag
from internships.subsidies.services.moves import void_reviews
from internships.subsidies.services.telling import tell_officers
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

C = ClaimState
# In the bank's hands or paid: never edited, only a difference or a recovery follows.
BEYOND = (C.BATCHED, C.RETURNED, C.CORRECTED, *SETTLED_STATES[:2])


def void_changed(today: date | None = None) -> dict[str, int]:
    """Send back every claim under way that something has changed under, and work out anew what is open to it.

    Claims that are paid or being paid are flagged for a difference. Returns how many of each. Each claim is a
    transaction of its own: one that cannot move leaves the others alone. Run twice, the second finds nothing.
    """
    counts = {"voided": 0, "reworked": 0, "flagged": flag_paid()}
    for change in _once_a_claim(changes_of(Claim.objects.filter(state__in=UNDER_WAY))):
        counts["voided"] += _tried(change, today)
    for change in _once_a_claim(changes_of(Claim.objects.filter(state__in=OPEN_TO_RECOMPUTING))):
        counts["reworked"] += _reworked(change)
    return counts


@transaction.atomic
def void_claim(*, claim: Claim, change: Change, today: date | None = None) -> Claim:
    """Send one claim back to the student, worked out anew; student and lead unit are told why."""
    present = lock(claim)
    was_reviewed = present.state in REVIEWED
    due_on = (today or timezone.localdate()) + timedelta(days=settings.SUBSIDY_HAND_BACK_DAYS)
    reason = str(change.words)
    voided = void_reviews(
        claim=present,
        to_state=C.DRAFT,
        reason=reason,
        actor=None,
        fields={**_fitting(present), "due_on": max(filter(None, [present.due_on, due_on]))},
    )
    if was_reviewed:
        tell_officers(voided, reason=reason)
    if _has_no_days(voided):
        return withdraw(claim=voided, actor=None, reason=_("The stay has none of these days any more"))
    compute_claim(claim=voided, actor=None)
    return voided


def hold_uncovered() -> int:
    """Look at findings of all claims; a gap in the insurance that is new also voids the reviews made. Returns how many."""
    look_at()
    voided = 0
    flagged = Claim.objects.filter(
        state__in=REVIEWED, flags__kind=FlagKind.COVER_GAP, flags__cleared_at__isnull=True
    ).distinct()
    for claim in flagged.order_by("pk"):
        voided += _uncovered(claim)
    return voided


def flag_paid() -> int:
    """Flag claims paid, or being paid, on a sheet that a newer version has replaced; return how many are new."""
    found = replaced(Claim.objects.filter(state__in=BEYOND)).exclude(flags__kind=FlagKind.DIFFERS)
    for claim in (claims := list(found)):
        raise_flag(claim=claim, kind=FlagKind.DIFFERS, about=f"computation:{claim.computation}", detail=claim.number)
    return len(claims)


def _uncovered(claim: Claim) -> int:
    reason = str(FlagKind.COVER_GAP.label)
    try:
        voided = void_reviews(claim=claim, to_state=C.ENROLLED, reason=reason, actor=None)
    except DomainError:
        # It went into a batch, or back, at this very moment: the flag stays and holds it there.
        return 0
    tell_officers(voided, reason=reason)
    return 1


def _tried(change: Change, today: date | None) -> int:
    claim = Claim.objects.get(pk=change.claim)
    try:
        void_claim(claim=claim, change=change, today=today)
    except DomainError:
        # Somebody moved it at this very moment; the next run looks again.
        return 0
    return 1


@transaction.atomic
def _reworked(change: Change) -> int:
    """Work a claim out anew that waits for the student; without a day left it ends."""
    claim = lock(Claim.objects.get(pk=change.claim))
    if claim.state not in OPEN_TO_RECOMPUTING:
        return 0
    for name, value in (values := _fitting(claim)).items():
        setattr(claim, name, value)
    if _has_no_days(claim):
        withdraw(claim=claim, actor=None, reason=_("The stay has none of these days any more"))
        return 1
    claim.revision += 1
    claim.save(update_fields=[*values, "revision", "updated_at"])
    compute_claim(claim=claim, actor=None)
    return 1


def _fitting(claim: Claim) -> dict[str, object]:
    """Return days and policy of ``claim`` as they fit what holds now."""
    stay = claim.placement
    values: dict[str, object] = {}
    first, last = max(claim.starts_on, stay.starts_on), min(claim.ends_on, stay.ends_on)
    if claim.milestone_id is None and first <= last:
        values |= {"starts_on": first, "ends_on": last}
    policy = Policy.objects.filter(scheme=claim.scheme_id).in_force_on(claim.starts_on).first()
    if policy is not None and policy.pk != claim.policy_id:
        values["policy"] = policy
    return values


def _has_no_days(claim: Claim) -> bool:
    stay = claim.placement
    outside = claim.starts_on > stay.ends_on or claim.ends_on < stay.starts_on
    return claim.milestone_id is None and (outside or stay.state == PlacementState.CANCELLED)


def _once_a_claim(changes: list[Change]) -> list[Change]:
    return list({change.claim: change for change in reversed(changes)}.values())
