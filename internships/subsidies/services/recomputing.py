"""Whether working a claim out again gives what stands in it."""

from internships.subsidies.models import Claim
from internships.subsidies.selectors.checks import total_of_lines


def differs(claim: Claim) -> bool:
    """Tell whether the amount is another one today."""
    return total_of_lines(claim) != claim.amount
