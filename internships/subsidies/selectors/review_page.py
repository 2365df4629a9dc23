"""What stands on the one screen of a review: arithmetic in words, proofs, and all that happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from internships.models import AttendanceSheet, Insurance
from internships.subsidies.enums import ClaimState
from internships.subsidies.models import Claim, ClaimLine
from internships.subsidies.selectors.checks import present_lines
from internships.subsidies.selectors.explaining import sentences
from internships.subsidies.selectors.papers import sheets_of


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a claim: a move, or a duty with its opinion."""

    at: datetime
    title: str
    who: str
    words: str
    round: int


def lines_in_words(claim: Claim) -> list[tuple[ClaimLine, list[str]]]:
    """Return the lines of the present computation, each with its sentences."""
    return [(line, sentences(line.steps)) for line in present_lines(claim)]


def proofs_of(claim: Claim) -> list[tuple[str, Any]]:
    """Return what proves a claim, in words, with the record behind it (None: nothing to open)."""
    stay = claim.placement
    appraisal = getattr(stay, "appraisal", None)
    found: list[tuple[str, Any]] = [(_sheet_words(sheet), sheet) for sheet in sheets_of(claim)]
    found += [
        (f"{attached.paper.get_kind_display()} {attached.paper.title}", None) for attached in claim.claim_papers.all()
    ]
    if appraisal is not None and appraisal.given_at:
        found.append((_("Appraisal by the host: %(grade)s") % {"grade": appraisal.get_grade_display()}, None))
    found += [(_insurance_words(one), None) for one in stay.insurances.all()]
    return found


def _sheet_words(sheet: AttendanceSheet) -> str:
    return _("Attendance of %(month)s, version %(version)s: %(days)s days, %(state)s") % {
        "month": date_format(sheet.month, "YEAR_MONTH_FORMAT"),
        "version": sheet.version,
        "days": f"{sheet.days_present:g}",
        "state": sheet.get_state_display(),
    }


def _insurance_words(insurance: Insurance) -> str:
    return _("Insurance: %(insurer)s, %(first)s to %(last)s") % {
        "insurer": insurance.insurer,
        "first": date_format(insurance.starts_on),
        "last": date_format(insurance.ends_on),
    }


def history_of_claim(claim: Claim) -> list[Happening]:
    """Return the moves and duties of a claim, the latest first."""
    moves = [
        Happening(
            move.at, str(ClaimState(move.to_state).label), str(move.actor or ""), move.reason, move.round
        )
        for move in claim.state_changes.select_related("actor")
    ]  # fmt: skip
    duties = [
        Happening(done.at, str(done.get_duty_display()), str(done.user), done.opinion, done.round)
        for done in claim.duties.all()
    ]
    return sorted([*moves, *duties], key=lambda one: one.at, reverse=True)
