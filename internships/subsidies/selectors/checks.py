"""What has to be right about a claim before somebody passes it: each check with its reason in words.

Bulk takes claims of which every check is green; the desk says for the others which one is not and why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.enums import SheetState
from internships.models import Insurance
from internships.selectors.coverage import gaps_of
from internships.selectors.readiness import missing_parties, present_agreement
from internships.subsidies.enums import SEPARATE_DUTIES, Duty, RequiredPaper, SchemeKind
from internships.subsidies.models import Claim, ClaimLine
from internships.subsidies.selectors.papers import sheets_of
from wenxi_portal.accounts.models import User
from wenxi_portal.core.wording import word_list


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked at; ``reason`` says how it stands."""

    name: str
    label: str
    met: bool
    reason: str


LABELS: dict[str, Promise] = {
    "attendance": gettext_lazy("Attendance"),
    "insurance": gettext_lazy("Insurance"),
    "papers": gettext_lazy("Papers"),
    "account": gettext_lazy("Account"),
    "findings": gettext_lazy("Findings"),
    "amount": gettext_lazy("Amount"),
    "hands": gettext_lazy("Separate hands"),
}


def checks_of(
    claim: Claim, *, user: User | None = None, duty: Duty | None = None, differs: bool | None = None
) -> list[Check]:
    """Return every check of ``claim`` for ``user`` who is to do ``duty``. ``differs``: whether
    working it out anew gives another amount; None when nobody has tried."""
    found = [
        _attendance(claim), _insurance(claim), _papers(claim), _account(claim), _findings(claim),
        _amount(claim, differs=differs),
    ]  # fmt: skip
    return [*found, _hands(claim, user, duty)] if user is not None and duty is not None else found


def unmet(checks: Sequence[Check]) -> list[Check]:
    """Return the checks that are not green."""
    return [check for check in checks if not check.met]


def with_what_is_checked(rows: Any) -> Any:
    """Return a queryset of claims that has loaded what ``checks_of`` looks at, in a few statements for all of them."""
    return rows.select_related("account", "policy", "student__user", "placement__appraisal").prefetch_related(
        Prefetch("lines", queryset=ClaimLine.objects.select_related("sheet")),
        Prefetch("placement__insurances", queryset=Insurance.objects.all()),
        "placement__agreements__signatures", "flags", "duties__user", "student__papers",
        "claim_papers__paper",
    )  # fmt: skip


def present_lines(claim: Claim) -> list[ClaimLine]:
    """Return the lines of the present computation in their order."""
    return sorted(
        (line for line in claim.lines.all() if line.computation == claim.computation), key=lambda one: one.order
    )


def hands_taken(claim: Claim, user: User, duty: Duty) -> str:
    """Return which separate duty bars ``user`` from ``duty``, in words; empty when nothing does."""
    if claim.student.user_id == user.pk:
        return _("This is your own claim.")
    if duty not in SEPARATE_DUTIES:
        return ""
    for done in claim.duties.all():
        if done.user_id == user.pk and done.duty in SEPARATE_DUTIES and done.duty != duty:
            return _("You did the “%(duty)s” of this claim: a colleague does this one.") % {
                "duty": done.get_duty_display()
            }
    return ""


def _check(name: str, problem: str, green: str) -> Check:
    return Check(name, str(LABELS[name]), not problem, problem or green)


def _attendance(claim: Claim) -> Check:
    if claim.kind == SchemeKind.BONUS:
        return _check("attendance", "", _("Not needed for a bonus"))
    named = [line.sheet for line in present_lines(claim)]
    sheets = [sheet for sheet in named if sheet] if all(named) else list(sheets_of(claim))
    not_valid = sorted({sheet.month for sheet in sheets if sheet.state != SheetState.LOCKED})
    if not_valid:
        months = word_list(date_format(month, "YEAR_MONTH_FORMAT") for month in not_valid)
        return _check("attendance", _("Not confirmed and closed: %(months)s") % {"months": months}, "")
    problem = "" if sheets else _("No attendance sheet is counted")
    return _check("attendance", problem, _("Confirmed and closed"))


def _insurance(claim: Claim) -> Check:
    gaps = [
        (first, last) for first, last in gaps_of(claim.placement) if first <= claim.ends_on and last >= claim.starts_on
    ]
    listed = word_list(f"{date_format(first)}–{date_format(last)}" for first, last in gaps)
    return _check("insurance", _("Not covered: %(days)s") % {"days": listed} if gaps else "", _("Every day is covered"))


def _papers(claim: Claim) -> Check:
    missing = [RequiredPaper(paper).label for paper in claim.policy.papers if not _is_there(claim, paper)]
    listed = word_list(missing)
    return _check(
        "papers", _("Missing: %(papers)s") % {"papers": listed} if missing else "", _("All that the policy asks for")
    )


def _is_there(claim: Claim, paper: str) -> bool:
    stay = claim.placement
    if paper == RequiredPaper.APPRAISAL:
        return hasattr(stay, "appraisal") and stay.appraisal.given_at is not None
    if paper == RequiredPaper.ENROLMENT:
        return claim.student.enrolment_checked_on is not None
    if paper == RequiredPaper.AGREEMENT:
        agreement = present_agreement(stay)
        return agreement is not None and not missing_parties(agreement)
    if paper == RequiredPaper.INSURANCE:
        return _insurance(claim).met
    kinds = {attached.paper.kind for attached in claim.claim_papers.all()}
    return paper in kinds or (paper == RequiredPaper.CONTRACT and stay.contract_on is not None)


def _account(claim: Claim) -> Check:
    account = claim.account
    if account is None:
        return _check("account", _("No bank account is given"), "")
    if account.ended_at:
        return _check("account", _("The account has been replaced by another one"), "")
    is_own = account.holder == claim.student.name
    return _check("account", "" if is_own else _("The account is in another name"), _("In the student's own name"))


def _findings(claim: Claim) -> Check:
    open_kinds = [str(flag.get_kind_display()) for flag in claim.flags.all() if flag.cleared_at is None]
    return _check("findings", word_list(open_kinds), _("None"))


def _amount(claim: Claim, *, differs: bool | None) -> Check:
    lines = present_lines(claim)
    if sum((line.amount for line in lines), Decimal(0)) != claim.amount:
        return _check("amount", _("The lines do not add up to the amount"), "")
    if differs is None:
        return _check("amount", "", _("The lines add up to it"))
    problem = _("Working it out again gives another amount") if differs else ""
    return _check("amount", problem, _("Working it out again gives the same"))


def _hands(claim: Claim, user: User | None, duty: Duty | None) -> Check:
    problem = hands_taken(claim, user, duty) if user is not None and duty is not None else ""
    return _check("hands", problem, _("You had no other duty in this claim"))
