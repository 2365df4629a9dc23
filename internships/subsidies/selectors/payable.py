"""Which claims may be paid now, and why another may not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum, Window
from django.db.models.functions import Coalesce

from internships.models import Placement
from internships.subsidies.enums import PAYABLE_STATES, LineResult
from internships.subsidies.models import BudgetLine, Claim, ClaimFlag, ClaimLine, PaymentBatch, PaymentLine, Policy
from internships.subsidies.selectors.changes import replaced

LIVE = (LineResult.PENDING, LineResult.PAID)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims somebody wants to pay; None leaves a question open. ``until`` is the last day of the claim."""

    scheme: int | None = None
    lead_unit: int | None = None
    host: int | None = None
    university: int | None = None
    until: date | None = None

    def condition(self) -> Q:
        """Return the filters as a condition on claims."""
        names = {"scheme": "scheme", "lead_unit": "lead_unit", "host": "host", "university": "student__university"}
        found = Q(ends_on__lte=self.until) if self.until else Q()
        for name, field in names.items():
            if (value := getattr(self, name)) is not None:
                found &= Q(**{field: value})
        return found


def payable_claims(line: BudgetLine, wanted: Wanted | None = None) -> QuerySet[Claim]:
    """Return claims that can be put into a batch of ``line``: demo claims go with demo money alone."""
    return ready_to_pay().filter((wanted or Wanted()).condition(), is_demo=line.is_demo)


def ready_to_pay() -> QuerySet[Claim]:
    """Return claims that are cleared or corrected, not held, and in no other batch."""
    live = PaymentLine.objects.filter(claim=OuterRef("pk"), result__in=LIVE)
    held = ClaimFlag.objects.filter(claim=OuterRef("pk"), cleared_at__isnull=True)
    return Claim.objects.filter(~Exists(live), ~Exists(held), state__in=PAYABLE_STATES, amount__gt=0)


def within_caps(claims: QuerySet[Claim], taken: Mapping[int, Decimal]) -> tuple[list[int], int]:
    """Return the keys of ``claims``, oldest first, that fit under each policy's cap for a batch, and how many do not.

    ``taken`` is what the batch pays under each policy already.
    """
    caps = dict(Policy.objects.filter(most_a_batch__isnull=False).values_list("pk", "most_a_batch"))
    running = Window(Sum("amount"), partition_by=[F("policy")], order_by=[F("submitted_at").asc(nulls_last=True), "pk"])
    rows = claims.annotate(running=running).order_by("submitted_at", "pk").values_list("pk", "policy_id", "running")
    chosen, left_out = [], 0
    for pk, policy, total in rows:
        cap = caps.get(policy)
        if cap is None or taken.get(policy, Decimal(0)) + total <= cap:
            chosen.append(pk)
        else:
            left_out += 1
    return chosen, left_out


def obstacles(batch: PaymentBatch) -> dict[str, list[str]]:
    """Return what keeps a batch from being sealed: reason → numbers of at most five claims. Read under their locks.

    ``state``: not cleared any more; ``held``: an open finding; ``account``: changed since it was added; ``amount``:
    differs from the line or from its own arithmetic; ``sheet``: the attendance it counts has been replaced; ``cover``:
    a day of the stay without insurance (domain.md §4, Internships).
    """
    lines = PaymentLine.objects.filter(batch=batch)
    claims = Claim.objects.filter(payment_lines__batch=batch)
    held = ClaimFlag.objects.filter(claim=OuterRef("pk"), cleared_at__isnull=True)
    uncovered = Placement.objects.uncovered().filter(pk=OuterRef("placement"))
    found: dict[str, QuerySet[Any]] = {
        "state": claims.exclude(state__in=PAYABLE_STATES),
        "held": claims.filter(Exists(held)),
        "account": claims.filter(pk__in=lines.exclude(account=F("claim__account")).values("claim")),
        "amount": claims.filter(
            Q(pk__in=lines.exclude(amount=F("claim__amount")).values("claim")) | Q(pk__in=_other_sums(batch))
        ),
        "sheet": replaced(claims),
        "cover": claims.filter(Exists(uncovered)),
    }
    named = {why: list(rows.order_by("number").values_list("number", flat=True)[:5]) for why, rows in found.items()}
    return {why: numbers for why, numbers in named.items() if numbers}


def _present_lines(batch: PaymentBatch) -> QuerySet[ClaimLine]:
    return ClaimLine.objects.filter(claim__payment_lines__batch=batch, computation=F("claim__computation"))


def _other_sums(batch: PaymentBatch) -> QuerySet[Any]:
    """Return claims whose lines add up to something else. A claim without lines has no arithmetic to compare with."""
    return (
        _present_lines(batch)
        .order_by()
        .values("claim")
        .annotate(total=Coalesce(Sum("amount"), Decimal(0)))
        .exclude(total=F("claim__amount"))
        .values("claim")
    )


def batch_sums(batch: PaymentBatch) -> dict[str, Any]:
    """Return how many lines a batch has, their sum, and the last of their numbers."""
    found: dict[str, Any] = PaymentLine.objects.filter(batch=batch).aggregate(
        count=Count("pk"), total=Coalesce(Sum("amount"), Decimal(0)), last=Coalesce(Max("order"), 0)
    )
    return found
