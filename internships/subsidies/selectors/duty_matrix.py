"""Who did what for which claim, as a matrix to print: rows are claims, columns duties; it proves separate hands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from internships.subsidies.enums import SEPARATE_DUTIES, Duty
from internships.subsidies.models import Claim, ClaimDuty
from wenxi_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody who did a duty, in which round and on which day."""

    user_id: int
    name: str
    round: int
    on: date


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One claim and the hands of each duty."""

    claim: Claim
    hands: dict[str, list[Hand]] = field(default_factory=dict)

    @property
    def is_separate(self) -> bool:
        """Whether no person has two of the duties that must lie in different hands."""
        seen: dict[int, str] = {}
        for duty in SEPARATE_DUTIES:
            for hand in self.hands.get(duty, []):
                if seen.setdefault(hand.user_id, duty) != duty:
                    return False
        return True

    @property
    def cells(self) -> list[tuple[Duty, list[Hand]]]:
        """The hands of every duty, in the order in which duties are done."""
        return [(duty, self.hands.get(duty, [])) for duty in Duty]


def matrix_claims(
    user: User, *, since: date | None = None, until: date | None = None, words: str = ""
) -> QuerySet[Any]:
    """Return the claims ``user`` may see on which somebody did a duty between two days.

    ``words`` is the number of a claim, of a payment batch or of a notice.
    """
    duties = ClaimDuty.objects.all()
    if since:
        duties = duties.filter(at__date__gte=since)
    if until:
        duties = duties.filter(at__date__lte=until)
    rows = Claim.objects.visible_to(user).filter(pk__in=duties.values("claim"))
    if words:
        named = Q(number=words) | Q(payment_lines__batch__number=words) | Q(notice_lines__notice__number=words)
        rows = rows.filter(named).distinct()
    return rows.select_related("student", "host", "scheme").order_by("number")


def matrix(claims: Iterable[Claim]) -> list[MatrixRow]:
    """Return a row for each claim, with two statements for all of them."""
    rows = {claim.pk: MatrixRow(claim) for claim in claims}
    done = ClaimDuty.objects.filter(claim__in=rows).select_related("user").order_by("at", "pk")
    for duty in done:
        hand = Hand(duty.user_id, duty.user.name or str(duty.user), duty.round, duty.at.date())
        rows[duty.claim_id].hands.setdefault(duty.duty, []).append(hand)
    return list(rows.values())
