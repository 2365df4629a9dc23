"""Reviews of a claim: every deed leaves a duty with its opinion and a move, in different hands (domain.md §4).

Whether the person may do it at all (permission, rows they see) is asked at the door; whether they may do it for this
claim is asked here and by the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from internships.services.readiness import confirm_enrolment
from internships.subsidies.enums import ClaimState, Duty
from internships.subsidies.models import Claim
from internships.subsidies.selectors.checks import Check, checks_of, hands_taken, unmet
from internships.subsidies.selectors.recomputing import recompute_differs
from internships.subsidies.services.findings import check_not_held
from internships.subsidies.services.moves import CLAIMS, do_duty
from internships.subsidies.services.recheck import draw_recheck
from wenxi_portal.accounts.models import User
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.wording import labelled, part_list, word_list

TARGETS = {
    Duty.ENROLMENT: ClaimState.ENROLLED,
    Duty.FIRST_REVIEW: ClaimState.FIRST_REVIEWED,
    Duty.SECOND_REVIEW: ClaimState.SECOND_REVIEWED,
    Duty.GROUP_DECISION: ClaimState.GROUP_DECIDED,
}
# From where each goes: the table also leads there from behind, where reviews are voided or a notice is cancelled.
SINCE = {
    Duty.ENROLMENT: ClaimState.HOST_CONFIRMED,
    Duty.FIRST_REVIEW: ClaimState.ENROLLED,
    Duty.SECOND_REVIEW: ClaimState.FIRST_REVIEWED,
    Duty.GROUP_DECISION: ClaimState.SECOND_REVIEWED,
}
# What no opinion helps against: the claim is held until it is settled. Other checks ask for an opinion.
HARD = frozenset({"findings", "hands", "amount", "insurance"})


@dataclass(frozen=True, slots=True)
class Refused:
    """A claim that bulk left alone, and why."""

    claim: Claim
    reason: str


@transaction.atomic
def check_enrolment(*, claim: Claim, actor: User, opinion: str = "", expected: str | None = None) -> Claim:
    """Say that the student was enrolled during the stay. The check stays with the student for other claims."""
    present = _ready(claim, Duty.ENROLMENT, actor, opinion, expected, ignoring={"papers"})
    if present.student.enrolment_checked_on is None:
        confirm_enrolment(student=present.student, actor=actor)
    return _done(present, Duty.ENROLMENT, actor, opinion)


@transaction.atomic
def first_review(*, claim: Claim, actor: User, opinion: str = "", expected: str | None = None) -> Claim:
    """Pass the first review (lead unit). Where a check is not green an opinion is asked for."""
    return _done(_ready(claim, Duty.FIRST_REVIEW, actor, opinion, expected), Duty.FIRST_REVIEW, actor, opinion)


@transaction.atomic
def second_review(*, claim: Claim, actor: User, opinion: str = "", expected: str | None = None) -> Claim:
    """Pass the second review (人才办). From ``Policy.group_from`` on the leading group decides besides.

    A share of the claims (``Policy.recheck_percent``) is then drawn for a re-check by a third person.
    """
    present = _ready(claim, Duty.SECOND_REVIEW, actor, opinion, expected)
    bound = present.policy.group_from
    present.needs_group = bound is not None and present.amount >= bound
    _done(present, Duty.SECOND_REVIEW, actor, opinion, fields=("needs_group",))
    draw_recheck(claim=present)
    return present


@transaction.atomic
def decide_by_group(*, claim: Claim, actor: User, opinion: str, expected: str | None = None) -> Claim:
    """Enter that the leading group agreed; ``opinion`` names its meeting or minutes."""
    if not opinion.strip():
        raise DomainError(_("Name the meeting or the minutes of the leading group."), code="reason", field="opinion")
    present = _ready(claim, Duty.GROUP_DECISION, actor, opinion, expected)
    if not present.needs_group:
        raise DomainError(_("This amount needs no decision of the leading group."), code="group")
    return _done(present, Duty.GROUP_DECISION, actor, opinion)


VERBS = {
    Duty.ENROLMENT: check_enrolment,
    Duty.FIRST_REVIEW: first_review,
    Duty.SECOND_REVIEW: second_review,
    Duty.GROUP_DECISION: decide_by_group,
}


def review_many(
    *, claims: Iterable[Claim], duty: Duty, actor: User, opinion: str = ""
) -> tuple[list[Claim], list[Refused]]:
    """Do one duty for many claims, each in a transaction of its own; only where every check is green.

    Return the claims that were passed, and the others with the reason.
    """
    passed: list[Claim] = []
    refused: list[Refused] = []
    for claim in claims:
        try:
            with transaction.atomic():
                passed.append(_when_green(claim, duty, actor, opinion))
        except DomainError as refusal:
            refused.append(Refused(claim, refusal.message))
        except IntegrityError:
            refused.append(Refused(claim, _("Somebody else worked on this claim at the same moment.")))
    return passed, refused


def look_at(claim: Claim, *, user: User, duty: Duty | None) -> list[Check]:
    """Return every check of a claim, the amount worked out anew among them."""
    # A difference (``corrects``) is an amount of its own, which its officer worked out.
    differs = claim.corrects_id is None and recompute_differs(claim)
    return checks_of(claim, user=user, duty=duty, differs=differs)


def _when_green(claim: Claim, duty: Duty, actor: User, opinion: str) -> Claim:
    ignored = {"papers"} if duty == Duty.ENROLMENT else set()
    missing = [check for check in unmet(look_at(claim, user=actor, duty=duty)) if check.name not in ignored]
    if missing:
        raise DomainError(part_list(labelled(check.label, check.reason) for check in missing), code="not_green")
    return VERBS[duty](claim=claim, actor=actor, opinion=opinion or _("Every check is green."), expected=claim.state)


def _ready(
    claim: Claim, duty: Duty, actor: User, opinion: str, expected: str | None, *, ignoring: Iterable[str] = ()
) -> Claim:
    present = CLAIMS.locked(claim, TARGETS[duty], expected=expected, since=(SINCE[duty],))
    if taken := hands_taken(present, actor, duty):
        raise DomainError(taken, code="duty")
    check_not_held(present)
    missing = [check for check in unmet(look_at(present, user=actor, duty=duty)) if check.name not in ignoring]
    hard = [check for check in missing if check.name in HARD]
    if hard:
        raise DomainError(
            _("This claim cannot pass: %(why)s. Settle that first.") % {"why": part_list(one.reason for one in hard)},
            code="held",
        )
    if missing and not opinion.strip():
        raise DomainError(
            _("Not every check is green (%(what)s): write down why it passes all the same.")
            % {"what": word_list(one.label for one in missing)},
            code="opinion",
            field="opinion",
        )
    return present


def _done(present: Claim, duty: Duty, actor: User, opinion: str, fields: tuple[str, ...] = ()) -> Claim:
    do_duty(claim=present, duty=duty, actor=actor, opinion=opinion)
    CLAIMS.write(present, TARGETS[duty], actor=actor, reason=opinion, fields=fields)
    return present
