"""What the pages of a claim show to the student."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.models import StudentPaper
from internships.subsidies.enums import ENDED_WITHOUT_PAY, SETTLED_STATES, WITH_STUDENT, ClaimState, RecoveryState
from internships.subsidies.models import Claim, ClaimLine, Milestone
from internships.subsidies.selectors.explaining import sentences
from internships.subsidies.selectors.findings import open_flags
from internships.subsidies.selectors.papers import MILESTONE_PROOFS, needs_of
from internships.subsidies.selectors.standing import asked_back, lead_of, moves_of, standing, timeline, with_way
from wenxi_portal.accounts.models import User
from wenxi_portal.core.wording import word_list

OVER = (*SETTLED_STATES, *ENDED_WITHOUT_PAY)


@dataclass(frozen=True, slots=True)
class Explained:
    """A line of the arithmetic with its sentences."""

    line: ClaimLine
    words: list[str]


def own_claims(user: User) -> QuerySet[Claim]:
    """Return the claims of the student who is signed in, newest first."""
    return with_way(Claim.objects.of_student(user)).order_by("-starts_on", "-pk")


def own_milestones(user: User) -> QuerySet[Milestone]:
    """Return the open milestones of the student; ``is_proved``: the paper is there, and the office looks at it."""
    own = Milestone.objects.filter(placement__student__user=user, reached_on__isnull=True, missed_reason="")
    papers = StudentPaper.objects.filter(student=OuterRef("placement__student"), replaced_by__isnull=True)
    proved = [
        When(kind=kind, due_on__lte=timezone.localdate(), then=Exists(papers.filter(kind=paper)))
        for kind, paper in MILESTONE_PROOFS.items()
    ]
    shown = own.annotate(is_proved=Case(*proved, default=False, output_field=BooleanField()))
    return shown.select_related("placement__employer").order_by("due_on")


def explained(claim: Claim) -> list[Explained]:
    """Return the lines of the present computation in words."""
    lines = claim.lines.filter(computation=claim.computation).order_by("order")
    return [Explained(line, sentences(line.steps)) for line in lines]


def claim_facts(claim: Claim) -> dict[str, Any]:
    """Return everything the student's page of a claim shows."""
    state = ClaimState(claim.state)
    said = [move for move in moves_of(claim) if move.to_state == state and move.reason]
    needs = needs_of(claim) if state in WITH_STUDENT else []
    missing = word_list(need.label for need in needs if need.bars)
    return {
        "claim": claim,
        "standing": standing(claim),
        "lead": _("Still missing: %(papers)s. Then look at the amount and hand it in.") % {"papers": missing}
        if missing
        else lead_of(claim),
        "account": claim.student.bank_accounts.in_use().first(),
        "entries": timeline(claim),
        "lines": explained(claim),
        "needs": needs,
        "flags": [] if state in OVER else [flag.get_kind_display() for flag in open_flags(claim)],
        "payments": sorted(claim.payment_lines.all(), key=lambda line: line.pk),
        "recoveries": [one for one in claim.recoveries.all() if one.state != RecoveryState.DEMANDED],
        "demand": asked_back(claim),
        "differences": claim.differences.all(),
        "said": said[-1].reason if said and state in (ClaimState.HANDED_BACK, ClaimState.REFUSED) else "",
        "can_hand_in": state in WITH_STUDENT,
        "can_withdraw": state in CAN_WITHDRAW,
        "is_returned": state == ClaimState.RETURNED,
    }


CAN_WITHDRAW = tuple(
    state for state in ClaimState if state not in (*OVER, ClaimState.BATCHED, ClaimState.RETURNED, ClaimState.CORRECTED)
)
