"""How a claim moves, who did which duty for it, and how reviews are voided. Every verb of the money passes here."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.services.moves import Mover
from internships.subsidies.enums import (
    AFTER_FIRST_REVIEW,
    CLAIM_TRANSITIONS,
    SEPARATE_DUTIES,
    WITH_STUDENT,
    ClaimState,
    Duty,
    NoticeState,
)
from internships.subsidies.models import Claim, ClaimDuty, ClaimStateChange
from internships.subsidies.services.telling import tell_of_move
from wenxi_portal.accounts.models import User
from wenxi_portal.core.errors import DomainError


class ClaimMover(Mover[Claim]):
    """Moves claims; each change keeps the round of review in which it happened."""

    def entered(self, row: Claim, *, actor: User | None, reason: str, from_state: str = "") -> None:
        """Leave the row that tells of the move to the present state, and tell the student what and how much."""
        with_student = row.state in WITH_STUDENT
        ClaimStateChange.objects.create(
            claim=row, from_state=from_state, to_state=row.state, actor=actor, reason=reason.strip()[:500],
            round=row.round, due_on=row.due_on if with_student else None,
        )  # fmt: skip
        tell_of_move(row, actor=actor, reason=reason.strip(), from_state=from_state)


CLAIMS = ClaimMover(CLAIM_TRANSITIONS, ClaimStateChange, "claim")


def do_duty(*, claim: Claim, duty: Duty, actor: User, opinion: str = "") -> ClaimDuty:
    """Write down that ``actor`` did ``duty`` for the locked ``claim`` in its present round.

    Raises ``DomainError`` when the person had another separate duty in this claim, in whatever round (domain.md §4,
    Subsidies: reviewer, second reviewer and payer are three people); the database refuses as well.
    """
    if duty in SEPARATE_DUTIES and has_other_duty(claim=claim, duty=duty, user=actor):
        raise _one_hand()
    try:
        with transaction.atomic():
            return ClaimDuty.objects.create(
                claim=claim, duty=duty, user=actor, round=claim.round, opinion=opinion.strip()[:500]
            )
    except IntegrityError as error:
        if "one_hand_one_duty" in str(error):
            raise _one_hand() from error
        raise


def has_other_duty(*, claim: Claim, duty: Duty, user: User) -> bool:
    """Tell whether ``user`` had a separate duty other than ``duty`` in this claim."""
    return claim.duties.filter(user=user, duty__in=SEPARATE_DUTIES).exclude(duty=duty).exists()


def void_reviews(
    *, claim: Claim, to_state: ClaimState, reason: str, actor: User | None, fields: Mapping[str, Any] | None = None
) -> Claim:
    """Void what was approved: back to ``to_state`` (ENROLLED, DRAFT, HANDED_BACK), and a new round of review begins.

    ``fields`` are written with the move. A line of a notice that is up is taken off it in the same moment.

    Raises ``DomainError`` when the claim may not go there, because it is in a batch already or was paid.
    """
    # The check of the enrolment leads there too: what nobody has reviewed has no review to be voided.
    since = AFTER_FIRST_REVIEW if to_state == ClaimState.ENROLLED else None
    present = CLAIMS.locked(claim, to_state, reason=reason, since=since)
    present.round += 1
    for name, value in (fields or {}).items():
        setattr(present, name, value)
    CLAIMS.write(present, to_state, actor=actor, reason=reason, fields=("round", *(fields or ())))
    take_off_notice(claim=present, reason=reason)
    return present


def take_off_notice(*, claim: Claim, reason: str) -> int:
    """Take the line of ``claim`` off a notice that is up; return how many lines there were (none or one)."""
    lines = claim.notice_lines.filter(removed_on__isnull=True, notice__state=NoticeState.PUBLISHED)
    return lines.update(removed_on=timezone.localdate(), removed_reason=reason.strip()[:200])


def lock_claims(claims: Iterable[Claim]) -> list[Claim]:
    """Return the present state of many claims, locked in one order, so that two who do it do not wait in a ring."""
    keys = [claim.pk for claim in claims]
    return list(Claim.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk"))


def _one_hand() -> DomainError:
    return DomainError(_("You had another duty in this claim: a colleague has to do this one."), code="duty")
