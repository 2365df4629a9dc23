"""How a claim moves, who did which duty for it, and how reviews are voided. Every verb of the money passes here."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from internships.services.moves import Mover
from internships.subsidies.enums import CLAIM_TRANSITIONS, SEPARATE_DUTIES, ClaimState, Duty
from internships.subsidies.models import Claim, ClaimDuty, ClaimStateChange
from wenxi_portal.accounts.models import User
from wenxi_portal.core.errors import DomainError


class ClaimMover(Mover[Claim]):
    """Moves claims; each change keeps the round of review in which it happened."""

    def entered(self, row: Claim, *, actor: User | None, reason: str, from_state: str = "") -> None:
        """Leave the row that tells of the move to the present state."""
        ClaimStateChange.objects.create(
            claim=row, from_state=from_state, to_state=row.state, actor=actor, reason=reason.strip()[:500],
            round=row.round,
        )  # fmt: skip


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


def void_reviews(*, claim: Claim, to_state: ClaimState, reason: str, actor: User | None) -> Claim:
    """Void what was approved: back to ``to_state`` (ENROLLED or DRAFT), and a new round of review begins.

    Raises ``DomainError`` when the claim may not go there, because it is in a batch already or was paid.
    """
    present = CLAIMS.locked(claim, to_state, reason=reason)
    present.round += 1
    CLAIMS.write(present, to_state, actor=actor, reason=reason, fields=("round",))
    return present


def lock_claims(claims: Iterable[Claim]) -> list[Claim]:
    """Return the present state of many claims, locked in one order, so that two who do it do not wait in a ring."""
    keys = [claim.pk for claim in claims]
    return list(Claim.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk"))


def _one_hand() -> DomainError:
    return DomainError(_("You had another duty in this claim: a colleague has to do this one."), code="duty")
