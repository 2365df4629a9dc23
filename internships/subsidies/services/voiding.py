"""Claims whose ground has changed go back to the student, worked out anew; a gap in the insurance voids the reviews."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import PlacementState
from internships.subsidies.enums import OPEN_TO_RECOMPUTING, ClaimState, FlagKind
from internships.subsidies.models import Claim
from internships.subsidies.services.account import REVIEWED
from internships.subsidies.services.claim import withdraw
from internships.subsidies.services.computing import compute_claim
from internships.subsidies.services.findings import look_at
from internships.subsidies.services.moves import void_reviews
from internships.subsidies.services.telling import tell_officers
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

C = ClaimState


@transaction.atomic
def send_back(*, claim: Claim, reason: str, today: date | None = None) -> Claim:
    """Send a claim back to the student and work it out anew, because something it rests on has changed.

    The student has at least SUBSIDY_HAND_BACK_DAYS to look at it and is told why; so is the lead unit when it had been
    reviewed. A claim without a day left ends. One that waits for the student already is only worked out anew.
    """
    present = lock(claim)
    if present.state not in OPEN_TO_RECOMPUTING:
        was_reviewed = present.state in REVIEWED
        soonest = (today or timezone.localdate()) + timedelta(days=settings.SUBSIDY_HAND_BACK_DAYS)
        due_on = max(present.due_on or soonest, soonest)
        present = void_reviews(claim=present, to_state=C.DRAFT, reason=reason, actor=None, fields={"due_on": due_on})
        if was_reviewed:
            tell_officers(present, reason=reason)
    if _has_no_days(present):
        return withdraw(claim=present, actor=None, reason=_("The stay has none of these days any more"))
    return compute_claim(claim=present, actor=None)


def hold_uncovered() -> int:
    """Look at every claim; a gap in the insurance also voids the reviews that were made. Returns how many.

    Each claim is a transaction of its own; run twice, the second finds nothing.
    """
    look_at()
    gaps = Claim.objects.filter(flags__kind=FlagKind.COVER_GAP, flags__cleared_at__isnull=True, state__in=REVIEWED)
    return sum(_uncovered(claim) for claim in gaps.distinct().order_by("pk"))


@transaction.atomic
def _uncovered(claim: Claim) -> int:
    reason = str(FlagKind.COVER_GAP.label)
    try:
        voided = void_reviews(claim=claim, to_state=C.ENROLLED, reason=reason, actor=None)
    except DomainError:
        # It went into a batch, or back, at this very moment: the finding stays and holds it there.
        return 0
    tell_officers(voided, reason=reason)
    return 1


def _has_no_days(claim: Claim) -> bool:
    stay = claim.placement
    outside = claim.starts_on > stay.ends_on or claim.ends_on < stay.starts_on
    return claim.milestone_id is None and (outside or stay.state == PlacementState.CANCELLED)
