"""A student's whole case on one page: what is missing, papers, course, attendance, evaluations, what came before."""

from typing import Any
from uuid import UUID

from internships.enums import ApplicationState, PlacementState
from internships.models import AgreementScan, CertificateFile, Placement, StudentPaper
from internships.selectors.coverage import gaps_of
from internships.selectors.readiness import missing_parties, present_agreement, readiness
from internships.selectors.stay_page import IN_PREPARATION, certificate_of, months_of, way_of


def case_of(stay: Placement) -> dict[str, Any]:
    """Return what the page of a stay shows to an officer."""
    agreement = present_agreement(stay)
    return {
        "needs": readiness(stay) if stay.state in IN_PREPARATION else [],
        "gaps": gaps_of(stay),
        "agreement": agreement,
        "agreements": list(stay.agreements.all()),
        "missing_parties": missing_parties(agreement) if agreement else [],
        "scans": AgreementScan.objects.filter(agreement__placement=stay),
        "insurances": stay.insurances.select_related("paper"),
        "guardian_papers": StudentPaper.objects.filter(student=stay.student, kind="guardian"),
        "way": way_of(stay),
        "months": months_of(stay),
        "notes": stay.weekly_notes.all(),
        "appraisal": getattr(stay, "appraisal", None),
        "feedback": getattr(stay, "feedback", None),
        "certificate": certificate_of(stay),
        "certificates": list(stay.certificates.all()),
        "moves": [(move, PlacementState(move.to_state).label) for move in stay.state_changes.select_related("actor")],
        "application_moves": _application_moves(stay),
        "before": stay.transferred_from,
        "after": Placement.objects.filter(transferred_from=stay).first(),
    }


def _application_moves(stay: Placement) -> list[tuple[Any, Any]]:
    if stay.application is None:
        return []
    moves = stay.application.state_changes.select_related("actor")
    return [(move, ApplicationState(move.to_state).label) for move in moves]


def paper_of(stay: Placement, identifier: UUID) -> Any:
    """Return the paper of a stay with this identifier; None when it is of another."""
    sources: tuple[Any, ...] = (
        stay.agreements,
        AgreementScan.objects.filter(agreement__placement=stay),
        CertificateFile.objects.filter(certificate__placement=stay),
        StudentPaper.objects.filter(student=stay.student, kind="guardian"),
    )
    for source in sources:
        found = source.filter(identifier=identifier).first()
        if found is not None:
            return found
    insurance = stay.insurances.filter(paper__identifier=identifier).select_related("paper").first()
    return insurance.paper if insurance else None
