"""A claim on one screen for the office: arithmetic, papers, duties, findings, payment, history."""

from typing import Any
from uuid import UUID

from internships.models import StudentPaper
from internships.subsidies.enums import ClaimState
from internships.subsidies.models import Claim
from internships.subsidies.selectors.changes import changes_of
from internships.subsidies.selectors.claim_page import explained
from internships.subsidies.selectors.papers import needs_of, sheets_of
from internships.subsidies.selectors.standing import standing


def claim_case(claim: Claim) -> dict[str, Any]:
    """Return what the page of a claim shows to an officer."""
    return {
        "claim": claim,
        "lines": explained(claim),
        "standing": standing(claim),
        "needs": needs_of(claim),
        "sheets": sheets_of(claim).select_related("confirmed_by"),
        "papers": claim.claim_papers.select_related("paper"),
        "duties": claim.duties.select_related("user"),
        "flags": claim.flags.select_related("cleared_by"),
        "changes": changes_of(Claim.objects.filter(pk=claim.pk)),
        "payments": claim.payment_lines.select_related("batch").order_by("pk"),
        "recoveries": claim.recoveries.select_related("demanded_by", "settled_by"),
        "differences": claim.differences.all(),
        "notices": claim.notice_lines.select_related("notice"),
        "moves": [(move, ClaimState(move.to_state).label) for move in claim.state_changes.select_related("actor")],
    }


def paper_of(claim: Claim, identifier: UUID) -> StudentPaper | None:
    """Return the proof of a claim with this identifier; None when it is of another."""
    found = claim.claim_papers.filter(paper__identifier=identifier).select_related("paper").first()
    return found.paper if found else None
