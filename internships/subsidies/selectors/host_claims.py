"""What a host sees of claims: whose attendance it confirms, never an amount, an account or an ID number."""

from typing import Any

from django.db.models import QuerySet

from internships.selectors.attendance import grid
from internships.subsidies.enums import ClaimState, Duty, RequiredPaper, SchemeKind
from internships.subsidies.models import Claim
from internships.subsidies.selectors.papers import sheets_of
from internships.subsidies.selectors.standing import host_due, moves_of, with_way
from wenxi_portal.accounts.models import User


def claims_to_confirm(user: User) -> QuerySet[Claim]:
    """Return the claims that wait for the hosts of ``user``, the longest waiting first."""
    waiting = Claim.objects.of_hosts(user).filter(state=ClaimState.SUBMITTED)
    return with_way(waiting).order_by("submitted_at", "pk")


def claims_confirmed(user: User) -> QuerySet[Claim]:
    """Return what ``user``'s hosts have confirmed, newest first."""
    confirmed = Claim.objects.of_hosts(user).filter(duties__duty=Duty.HOST_CONFIRM, submitted_at__isnull=False)
    return with_way(confirmed.exclude(state=ClaimState.SUBMITTED)).distinct().order_by("-submitted_at", "-pk")


def host_facts(claim: Claim) -> dict[str, Any]:
    """Return what the host's page of a claim shows: each month day by day, and the appraisal."""
    moves = moves_of(claim)
    # What another host confirmed before a transfer is that host's matter.
    own = sheets_of(claim).filter(placement=claim.placement_id)
    sheets = [(sheet, grid(sheet)) for sheet in own.select_related("confirmed_by")]
    appraisal = getattr(claim.placement, "appraisal", None)
    return {
        "claim": claim,
        "sheets": sheets,
        "days": sum(sheet.half_days for sheet, _days in sheets) / 2,
        "appraisal": appraisal if appraisal and appraisal.given_at else None,
        "needs_appraisal": RequiredPaper.APPRAISAL in claim.policy.papers,
        "is_bonus": claim.kind == SchemeKind.BONUS,
        "waits": claim.state == ClaimState.SUBMITTED,
        "until": host_due(moves[-1].at if moves else claim.created_at),
        "confirmed": claim.duties.filter(duty=Duty.HOST_CONFIRM).select_related("user"),
    }
