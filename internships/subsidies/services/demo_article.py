"""The published figures played to the yuan: 142,000 and 18,000, through every step to paid.

Each group stands on a notice of its own and leaves in a batch of its own, so that its sum is read in one line.
"""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from internships.models import Placement
from internships.services.demo_plan import SCHOOL, STEELWORKS
from internships.services.demo_rounds import ROUNDS
from internships.subsidies.enums import ClaimState
from internships.subsidies.models import BudgetLine, Claim
from internships.subsidies.services.budget import allot, open_budget_line
from internships.subsidies.services.demo_hands import Hands

CODE, ALLOTTED = "YS-0002", Decimal(200_000)
GROUPS = ((STEELWORKS, "：山西建龙实习学生（公开报道口径）"), (SCHOOL, "：教育系统师范生（公开报道口径）"))
NOTICED_DAYS_AGO = 30


def of_the_article() -> QuerySet[Placement]:
    """Return the stays of the published figures."""
    return Placement.objects.filter(is_demo=True, position__title__endswith=ROUNDS["article"])


def drafts() -> QuerySet[Claim]:
    """Return the demo claims that nobody has handed in, the earliest first."""
    found = Claim.objects.filter(is_demo=True, state=ClaimState.DRAFT, amount__gt=0).order_by("ends_on", "pk")
    return found.select_related("student__user", "lead_unit", "placement")


def pay_article(hands: Hands, year: int) -> int:
    """Bring every claim of the published figures to paid; return how many there were."""
    found = drafts().filter(placement__in=of_the_article())
    if not found.exists():
        return 0
    line = BudgetLine.objects.filter(year=year, code=CODE).first() or _line(hands, year)
    return sum(_pay(hands, list(found.filter(host__name__contains=host)), line, about) for host, about in GROUPS)


def _line(hands: Hands, year: int) -> BudgetLine:
    line = open_budget_line(
        year=year, code=CODE, name="演示预算项目（公开报道口径）", actor=hands.finance, is_demo=True
    )
    allot(budget_line=line, amount=ALLOTTED, document=f"演示财预〔{year}〕2号", actor=hands.finance)
    return line


@transaction.atomic
def _pay(hands: Hands, claims: list[Claim], line: BudgetLine, about: str) -> int:
    for claim in claims:
        hands.appraise(claim)
        for deed in (hands.hand_in, hands.confirm, hands.enrol, hands.review, hands.review_again):
            deed(claim)
        hands.look_again(claim, waits=False)
    if claims:
        hands.publish(claims, timezone.localdate() - timedelta(days=NOTICED_DAYS_AGO), about)
        hands.read_result(hands.release(hands.seal(claims, line, about)), returned=())
    return len(claims)
