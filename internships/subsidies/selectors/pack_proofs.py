"""What proves a claim, as an auditor's pack lists it: papers, attendance, appraisal, insurance, enrolment."""

from typing import Any

from django.db.models import Prefetch

from internships.models import AttendanceSheet
from internships.selectors.attendance import VALID
from internships.subsidies.enums import SchemeKind
from internships.subsidies.models import Claim, ClaimPaper

RELATED = (
    Prefetch("claim_papers", ClaimPaper.objects.select_related("paper")),
    Prefetch("placement__attendance_sheets", AttendanceSheet.objects.select_related("confirmed_by")),
    "placement__insurances",
)


def proofs_in_pack(claim: Claim) -> dict[str, Any]:
    """Return the proofs of ``claim``, whose ``RELATED`` and lines are loaded: what it is, from whom and since when."""
    return {
        "papers": [_paper(one) for one in claim.claim_papers.all()],
        "attendance": [_sheet(one) for one in _sheets(claim)],
        "appraisal": _appraisal(claim),
        "insurance": [
            {
                "insurer": one.insurer, "policy_number": one.policy_number, "sum_insured": one.sum_insured,
                "starts_on": one.starts_on, "ends_on": one.ends_on, "cancelled_on": one.cancelled_on,
            }
            for one in claim.placement.insurances.all()
        ],
        "enrolment_checked_on": claim.student.enrolment_checked_on,
    }  # fmt: skip


def _sheets(claim: Claim) -> list[AttendanceSheet]:
    """Return the sheets that the claim counts or counted; of months of the stay, the valid ones that it touches."""
    if claim.kind == SchemeKind.BONUS:
        return []
    named = {line.sheet_id for line in claim.lines.all() if line.sheet_id}
    is_cut = any(line.sheet_id is None for line in claim.lines.all())
    first = claim.starts_on.replace(day=1)
    return [
        sheet
        for sheet in sorted(claim.placement.attendance_sheets.all(), key=lambda one: (one.month, one.version))
        if sheet.pk in named or (is_cut and sheet.state in VALID and first <= sheet.month <= claim.ends_on)
    ]


def _paper(one: ClaimPaper) -> dict[str, Any]:
    return {"title": one.paper.title, "sha256": one.paper.sha256, "size": one.paper.size, "attached": one.attached_at}


def _sheet(one: AttendanceSheet) -> dict[str, Any]:
    return {
        "month": one.month, "version": one.version, "state": one.state, "half_days": one.half_days,
        "confirmed_by": str(one.confirmed_by or ""), "confirmed_at": one.confirmed_at,
    }  # fmt: skip


def _appraisal(claim: Claim) -> dict[str, Any] | None:
    given = getattr(claim.placement, "appraisal", None)
    if given is None or given.given_at is None:
        return None
    return {"grade": given.grade, "given_by": str(given.given_by), "given_at": given.given_at}
