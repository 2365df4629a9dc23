"""How much of a claim was really paid: what it came to, with its differences, less what was paid back."""

from decimal import Decimal

from django.db.models import Sum

from internships.subsidies.enums import ClaimState, RecoveryState
from internships.subsidies.models import Claim

# What counts as paid; a recovered claim was, and its recovery is taken off again.
PAID = (ClaimState.PAID, ClaimState.ARCHIVED, ClaimState.RECOVERED)


def paid_of(claim: Claim, *, without: Claim | None = None) -> Decimal:
    """Return what the student has of ``claim`` and its differences (but ``without``), in yuan."""
    own = claim.amount if claim.state in PAID else Decimal(0)
    differences = claim.differences.filter(state__in=PAID)
    if without is not None:
        differences = differences.exclude(pk=without.pk)
    more = differences.aggregate(sum=Sum("amount"))["sum"]
    return own + Decimal(more or 0) - received_of(claim)


def received_of(claim: Claim) -> Decimal:
    """Return how much of ``claim`` was paid back, in yuan."""
    came = claim.recoveries.filter(state=RecoveryState.RECEIVED).aggregate(sum=Sum("amount"))["sum"]
    return Decimal(came or 0)
