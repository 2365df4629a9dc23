"""What has to be on file before a claim is looked at: asked of what the portal knows already, never asked twice."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from internships.enums import StudentPaperKind
from internships.models import AttendanceSheet, StudentPaper
from internships.selectors.attendance import VALID
from internships.selectors.coverage import gaps_of
from internships.selectors.readiness import missing_parties, present_agreement
from internships.subsidies.enums import MilestoneKind, RequiredPaper, SchemeKind
from internships.subsidies.models import Claim

P = RequiredPaper
# Which of the student's papers proves what.
PROOFS = {P.CONTRACT: StudentPaperKind.CONTRACT, P.SOCIAL_INSURANCE: StudentPaperKind.SOCIAL_INSURANCE}
MILESTONE_PROOFS = {
    MilestoneKind.CONTRACT: StudentPaperKind.CONTRACT,
    MilestoneKind.MONTHS: StudentPaperKind.SOCIAL_INSURANCE,
}
# Checked by an officer after the claim was handed in, or held as a finding: nothing the student can bring.
LOOKED_AT_LATER = (P.ENROLMENT, P.INSURANCE)


@dataclass(frozen=True, slots=True)
class Need:
    """One paper that the policy asks for: whether it is there, who sees to it, and where (empty: nothing to do)."""

    paper: RequiredPaper
    is_met: bool
    words: str
    url: str = ""

    @property
    def label(self) -> str:
        """The paper in words."""
        return str(self.paper.label)

    @property
    def bars(self) -> bool:
        """Whether the claim cannot be handed in without it."""
        return not self.is_met and self.paper not in LOOKED_AT_LATER


def needs_of(claim: Claim) -> list[Need]:
    """Return what the policy of ``claim`` asks for, in the order of the policy."""
    return [_need(claim, RequiredPaper(paper)) for paper in claim.policy.papers]


def missing_papers(claim: Claim) -> list[Need]:
    """Return what still bars ``claim`` from being handed in."""
    return [need for need in needs_of(claim) if need.bars]


def usable_proofs(claim: Claim) -> QuerySet[StudentPaper]:
    """Return the student's papers on file, so that a proof is chosen and not uploaded anew."""
    papers: QuerySet[StudentPaper] = claim.student.papers.current().filter(replaced_by__isnull=True)
    return papers.order_by("kind", "-pk")


def sheets_of(claim: Claim) -> QuerySet[AttendanceSheet]:
    """Return the attendance sheets that the present computation counts, in order of the months.

    Where months of the stay are counted, each is cut out of two sheets and its line names neither: then the valid
    sheets of the months that the claim touches count as well. So do those of the host before a transfer, in the month
    that both share.
    """
    lines = claim.lines.filter(computation=claim.computation)
    counted = Q(pk__in=lines.filter(sheet__isnull=False).values("sheet"))
    if claim.kind == SchemeKind.ALLOWANCE and lines.filter(sheet__isnull=True).exists():
        first = claim.starts_on.replace(day=1)
        counted |= Q(placement=claim.placement_id, state__in=VALID, month__gte=first, month__lte=claim.ends_on)
        if lines.filter(steps__contains=[{"code": "with_former"}]).exists():
            since = (claim.starts_on - timedelta(days=31)).replace(day=1)
            counted |= Q(placement__in=_before(claim), state__in=VALID, month__gte=since, month__lte=first)
    return AttendanceSheet.objects.filter(counted).order_by("month", "version")


def _before(claim: Claim) -> list[int]:
    """Return the keys of the stays from which the stay of ``claim`` was transferred."""
    keys: list[int] = []
    stay = claim.placement
    while stay.transferred_from is not None:
        stay = stay.transferred_from
        keys.append(stay.pk)
    return keys


def _need(claim: Claim, paper: RequiredPaper) -> Need:
    if paper in PROOFS:
        kind = PROOFS[paper]
        is_there = usable_proofs(claim).filter(kind=kind).exists()
        words = "" if is_there else _("Photograph it and put it with your papers: once, for every claim.")
        return Need(paper, is_there, words, "" if is_there else f"{reverse('my_internships:papers')}?kind={kind}")
    stay = claim.placement
    if paper == P.APPRAISAL:
        given = bool(getattr(getattr(stay, "appraisal", None), "given_at", None))
        return Need(paper, given, "" if given else _("%(host)s gives it.") % {"host": claim.host.display_name})
    if paper == P.AGREEMENT:
        agreement = present_agreement(stay)
        signed = agreement is not None and not missing_parties(agreement)
        url = "" if signed else reverse("my_internships:stay", args=[stay.pk])
        return Need(paper, signed, "" if signed else _("All three parties have to sign it."), url)
    if paper == P.INSURANCE:
        covered = not gaps_of(stay)
        return Need(paper, covered, "" if covered else _("Days are not covered: the lead unit sees to it."))
    checked = claim.student.enrolment_checked_on is not None
    return Need(paper, checked, "" if checked else _("The lead unit checks it after you have handed in."))


def paper_title(paper: Any) -> str:
    """Return how a proof is named in a list of choices."""
    return f"{paper.get_kind_display()}：{paper.title}"
