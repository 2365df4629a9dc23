"""What the stays under way will cost until the end of the year: a forecast, and shown as one (预测)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.utils.translation import gettext as _

from internships.enums import PlacementState
from internships.subsidies.enums import ClaimState, SchemeKind
from internships.subsidies.models import BudgetLine, Claim, Policy
from internships.subsidies.selectors.policies import policies_on, rules_of
from talent.enums import StudyLevel

COMING = (PlacementState.PLANNED, PlacementState.READY, PlacementState.ON_POST, PlacementState.INTERRUPTED)
# Worked out, and neither paid nor ended: what is due already.
DUE = (
    ClaimState.DRAFT, ClaimState.SUBMITTED, ClaimState.HOST_CONFIRMED, ClaimState.ENROLLED, ClaimState.FIRST_REVIEWED,
    ClaimState.SECOND_REVIEWED, ClaimState.GROUP_DECIDED, ClaimState.ON_NOTICE, ClaimState.OBJECTED, ClaimState.CLEARED,
    ClaimState.CORRECTED, ClaimState.RETURNED, ClaimState.HANDED_BACK,
)  # fmt: skip
# Whole months of a stay that end this year and that no claim of the scheme covers yet, never more than the policy pays.
_MONTHS = """
WITH stay AS (
    SELECT placement.id, student.level,
           greatest(placement.starts_on, coalesce((
               SELECT max(claim.ends_on) + 1 FROM subsidies_claim AS claim
               WHERE claim.placement_id = placement.id AND claim.scheme_id = %(scheme)s
                 AND claim.state NOT IN ('refused', 'withdrawn')
           ), placement.starts_on)) AS begins,
           least(placement.ends_on, %(until)s::date) + 1 AS ends,
           coalesce((
               SELECT sum(claim.months) FROM subsidies_claim AS claim
               WHERE claim.student_id = student.id AND claim.scheme_id = %(scheme)s
                 AND claim.state NOT IN ('refused', 'withdrawn')
           ), 0) AS used
    FROM internships_placement AS placement JOIN internships_student AS student ON student.id = placement.student_id
    WHERE placement.state = ANY(%(states)s) AND placement.starts_on <= %(until)s
      AND (%(demo)s OR NOT student.is_demo)
      AND (%(hosts)s::bigint[] IS NULL OR placement.host_id = ANY(%(hosts)s))
), counted AS (
    SELECT level, least(
        extract(year FROM age(ends, begins)) * 12 + extract(month FROM age(ends, begins)),
        greatest(coalesce(%(most)s::numeric, 1200) - used, 0)
    ) AS months
    FROM stay WHERE ends > begins
)
SELECT level, count(*), sum(months) FROM counted WHERE months > 0 GROUP BY level ORDER BY level
"""


@dataclass(frozen=True, slots=True)
class Expected:
    """Stays of one level under one policy: so many months at so many yuan."""

    policy: Policy
    level: str
    stays: int
    months: Decimal
    rate: Decimal

    @property
    def amount(self) -> Decimal:
        """Yuan."""
        return self.months * self.rate

    @property
    def level_words(self) -> str:
        """The level as it is read."""
        return str(StudyLevel(self.level).label)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is to be paid until the end of the year, what is free for it, and what this rests on."""

    until: date
    expected: list[Expected]
    due: Decimal
    free: Decimal

    @property
    def coming(self) -> Decimal:
        """Yuan for months still to come."""
        return sum((row.amount for row in self.expected), Decimal(0))

    @property
    def needed(self) -> Decimal:
        """Yuan for what is due and what comes."""
        return self.due + self.coming

    @property
    def left(self) -> Decimal:
        """What remains free; negative when the budget does not suffice."""
        return self.free - self.needed

    @property
    def assumptions(self) -> list[str]:
        """What the forecast takes for granted."""
        return [
            _("Every stay that is planned or under way lasts until its last day and is attended in full."),
            _("Whole months are counted at the present rates; parts of a month and bonuses are left out."),
            _("Claims that are worked out and not yet paid count with their amounts; none is refused."),
            _("Caps by person are kept; caps by base and year are not counted."),
        ]


def forecast(today: date) -> Forecast:
    """Return the forecast for the year of ``today``."""
    until = date(today.year, 12, 31)
    own = {} if settings.PORTAL_DEMO else {"is_demo": False}
    due = Claim.objects.filter(state__in=DUE, **own).aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    free = BudgetLine.objects.filter(year=today.year, **own).aggregate(sum=Sum("free"))["sum"] or Decimal(0)
    return Forecast(until, list(_expected(today, until)), due, free)


def _expected(today: date, until: date) -> Iterator[Expected]:
    for policy in policies_on(today, SchemeKind.ALLOWANCE):
        rates = rules_of(policy).rates
        hosts = list(policy.policy_hosts.values_list("host_id", flat=True))
        values: dict[str, Any] = {
            "scheme": policy.scheme_id, "until": until, "states": list(COMING), "demo": settings.PORTAL_DEMO,
            "hosts": hosts or None, "most": policy.most_months,
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(_MONTHS, values)
            for level, stays, months in cursor.fetchall():
                yield Expected(policy, level, stays, Decimal(months), rates.get(level, Decimal(0)))
