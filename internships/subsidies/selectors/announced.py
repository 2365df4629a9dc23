"""What the policy in force announces, for pages below the money."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils import timezone

from internships.subsidies.enums import PolicyPart, SchemeKind
from internships.subsidies.selectors.policies import policies_on, rules_of


def allowance_a_month() -> Mapping[str, tuple[Decimal, bool]]:
    """Return the allowance a month in yuan by level, as the policy in force today has it; empty without one.

    With each comes whether it is a sample parameter.
    """
    announced: dict[str, tuple[Decimal, bool]] = {}
    for policy in policies_on(timezone.localdate(), SchemeKind.ALLOWANCE):
        for level, rate in rules_of(policy).rates.items():
            announced.setdefault(level, (rate, policy.is_sample_part(PolicyPart.RATES)))
    return announced
