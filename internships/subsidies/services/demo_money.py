"""Fictitious claims of which one lies at every desk and some are paid, by the verbs and by different hands.

Days lie around today; what a rule holds stays where it is. Run twice, it plays nothing again.
"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from functools import partial

from django.db import transaction
from django.utils import timezone

from internships.services.demo_cast import Cast
from internships.subsidies.models import BudgetLine, Claim, Milestone
from internships.subsidies.services.budget import allot, open_budget_line
from internships.subsidies.services.demo_article import drafts, of_the_article, pay_article
from internships.subsidies.services.demo_hands import Hands
from internships.subsidies.services.milestone import open_milestones
from internships.subsidies.services.preparing import prepare_claims
from wenxi_portal.core.errors import DomainError

MOST, MORE_PAID, CODE, ALLOTTED = 24, 1, "YS-0001", Decimal(60_000)


class Left(StrEnum):
    """Where a claim is left, each name once; in the order in which few claims are shared out."""

    PAID = "paid"
    RETURNED = "returned"
    SUBMITTED = "submitted"
    ENROLLED = "enrolled"
    FIRST_REVIEWED = "first_reviewed"
    ON_NOTICE = "on_notice"
    SECOND_REVIEWED = "second_reviewed"
    CLEARED = "cleared"
    SEALED = "sealed"
    OBJECTED = "objected"
    HOST_CONFIRMED = "host_confirmed"
    RECHECK = "recheck"
    DRAFT = "draft"
    RELEASED = "released"


# What becomes of the bonuses, in turn; None: the proof waits for an officer.
BONUSES = (Left.PAID, Left.PAID, None, Left.DRAFT, Left.ENROLLED)
Shared = dict[int, tuple[Claim, Left]]
# What a claim passes before it is published, and where it is left before the step is done.
BEFORE_NOTICE = (
    (Left.DRAFT, Hands.hand_in), (Left.SUBMITTED, Hands.confirm), (Left.HOST_CONFIRMED, Hands.enrol),
    (Left.ENROLLED, Hands.review), (Left.FIRST_REVIEWED, Hands.review_again),
)  # fmt: skip
# Whose notice is over.
OVER = {Left.CLEARED, Left.PAID, Left.RETURNED, Left.SEALED, Left.RELEASED}
# Waits for a figure of the demonstration: its own unit's, or its own host's, come first.
AT_THE_HOST, AT_THE_UNIT = {Left.SUBMITTED}, {Left.ENROLLED, Left.HOST_CONFIRMED}


def make_demo_money(*, cast: Cast, interns: int = MOST) -> int:
    """Play up to ``interns`` claims, and those of the published figures; return how many were played."""
    year = timezone.localdate().year
    prepare_claims()
    open_milestones()
    hands = Hands(cast)
    # What was played before stays; more interns may have brought the published figures meanwhile.
    played = 0 if BudgetLine.objects.filter(year=year, code=CODE).exists() else _play_all(hands, year, interns)
    return played + pay_article(hands, year)


def _play_all(hands: Hands, year: int, interns: int) -> int:
    line = open_budget_line(year=year, code=CODE, name="演示预算项目", actor=hands.finance, is_demo=True)
    allot(budget_line=line, amount=ALLOTTED, document=f"演示财预〔{year}〕1号", actor=hands.finance)
    found = drafts().exclude(placement__in=of_the_article())
    own = _own(hands.cast)
    claims = list(found.exclude(pk__in=own)[: interns - len(own)])
    shared = _shared(claims, hands.cast, {left for _claim, left in own.values()} - {Left.PAID}) | own | _bonuses(hands)
    played = {key: each for key, each in shared.items() if _tried(partial(_play, hands, *each))}
    _tried(partial(_publish, hands, played))
    for paid in ({Left.PAID, Left.RETURNED}, {Left.SEALED}, {Left.RELEASED}):
        _tried(partial(_pay, hands, played, line, paid))
    return len(played)


def _own(cast: Cast) -> Shared:
    """The visitor's student was paid for the first stay; what came after waits for the visitor."""
    own = list(drafts().filter(student__user=cast.student))
    return {claim.pk: (claim, Left.PAID if claim == own[0] else Left.DRAFT) for claim in own}


def _bonuses(hands: Hands) -> Shared:
    """Confirm what those who were hired have reached; share their claims out. Proofs of some wait to be looked at."""
    shared: Shared = {}
    waiting = Milestone.objects.filter(placement__is_demo=True, reached_on__isnull=True, missed_reason="")
    for turn, milestone in enumerate(waiting.select_related("placement__student__user").order_by("placement_id")):
        left = BONUSES[turn % len(BONUSES)]
        claim = hands.prove(milestone, confirms=left is not None)
        if claim is not None and left is not None:
            shared[claim.pk] = (claim, left)
    return shared


def _shared(claims: list[Claim], cast: Cast, taken: set[Left]) -> Shared:
    """Share the claims out: one for each place that is not ``taken``; all others (some in any case) are paid."""
    unit = cast.own_unit()
    own_hosts = set(cast.host.memberships.current().values_list("organisation", flat=True))
    rest, shared = list(claims), {}
    places = [left for left in Left if left not in taken]
    for left in places[: max(len(claims) - MORE_PAID, 0)]:
        wanted = [
            claim
            for claim in rest
            if (left in AT_THE_HOST and claim.host_id in own_hosts)
            or (left in AT_THE_UNIT and unit is not None and claim.lead_unit_id == unit.pk)
        ]
        # What is over was earned first.
        claim = (wanted or rest)[0 if left in OVER else -1]
        rest.remove(claim)
        shared[claim.pk] = (claim, left)
    return shared | {claim.pk: (claim, Left.PAID) for claim in rest}


def _play(hands: Hands, claim: Claim, left: Left) -> None:
    hands.appraise(claim)
    for stop, deed in BEFORE_NOTICE:
        if left == stop:
            return
        deed(hands, claim)
    hands.look_again(claim, waits=left == Left.RECHECK)


def _publish(hands: Hands, played: Shared) -> None:
    """Publish what is to be on notice today, and a month ago what is over by now; one line is objected to."""
    today = timezone.localdate()
    hands.publish(_of(played, {Left.ON_NOTICE, Left.OBJECTED}), today)
    hands.publish(_of(played, OVER), today - timedelta(days=30))
    for claim in _of(played, {Left.OBJECTED}):
        hands.object_to(claim)


def _pay(hands: Hands, played: Shared, line: BudgetLine, places: set[Left]) -> None:
    claims = _of(played, places)
    if not claims:
        return
    batch = hands.seal(claims, line)
    if places != {Left.SEALED}:
        batch = hands.release(batch)
    if Left.PAID in places:
        hands.read_result(batch, returned=_of(played, {Left.RETURNED}))


def _of(played: Shared, places: set[Left]) -> list[Claim]:
    return [claim for claim, left in played.values() if left in places]


def _tried(deed: Callable[[], None]) -> bool:
    """Do it in a transaction of its own; what a rule holds stays as it was, and is not played further."""
    try:
        with transaction.atomic():
            deed()
    except DomainError:
        return False
    return True
