"""Rows of the money that should be impossible: services and database refuse them, and this proves it every night."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.db.models import DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from internships.subsidies.enums import (
    AFTER_FIRST_REVIEW,
    AFTER_SECOND_REVIEW,
    SEPARATE_DUTIES,
    SETTLED_STATES,
    ClaimState,
    Duty,
    Impossible,
    LineResult,
    NoticeObjectionState,
    NoticeState,
)
from internships.subsidies.models import (
    Claim,
    ClaimDuty,
    ClaimLine,
    NoticeLine,
    NoticeObjection,
    PaymentLine,
    PublicNotice,
)
from internships.subsidies.selectors.queues import OPEN_FLAG, OPEN_RECHECK

C = ClaimState
_KEPT_AS, _KEPT_SECONDS = "subsidies.impossible", 36 * 3600
_PUBLISHED = (C.ON_NOTICE, C.OBJECTED, C.CLEARED, C.BATCHED)
_MONEY = DecimalField(max_digits=14, decimal_places=2)


def _duty(duty: Duty, **more: Any) -> Exists:
    return Exists(ClaimDuty.objects.filter(claim=OuterRef("pk"), duty=duty, **more))


def _two_duties_one_hand() -> QuerySet[Any]:
    other = ClaimDuty.objects.filter(claim=OuterRef("claim"), user=OuterRef("user"), duty__in=SEPARATE_DUTIES)
    doubled = ClaimDuty.objects.filter(Exists(other.exclude(duty=OuterRef("duty"))), duty__in=SEPARATE_DUTIES)
    return Claim.objects.filter(pk__in=doubled.values("claim"))


def _own_claim() -> QuerySet[Any]:
    return Claim.objects.filter(pk__in=ClaimDuty.objects.filter(user=F("claim__student__user")).values("claim"))


def _without_duty() -> QuerySet[Any]:
    of_round = {"round": OuterRef("round")}
    first = Q(state__in=AFTER_FIRST_REVIEW) & ~Q(_duty(Duty.FIRST_REVIEW, **of_round))
    second = Q(state__in=AFTER_SECOND_REVIEW) & ~Q(_duty(Duty.SECOND_REVIEW, **of_round))
    paid = Q(state__in=SETTLED_STATES) & ~Q(_duty(Duty.PAY))
    return Claim.objects.filter(first | second | paid)


def _passed_while_held() -> QuerySet[Any]:
    undecided = Q(needs_group=True) & ~Q(_duty(Duty.GROUP_DECISION, round=OuterRef("round")))
    return Claim.objects.filter(Q(OPEN_RECHECK) | undecided, state__in=_PUBLISHED)


def _sums_differ() -> QuerySet[Any]:
    lines = ClaimLine.objects.filter(claim=OuterRef("pk"), computation=OuterRef("computation")).order_by()
    total = Subquery(lines.values("claim").annotate(sum=Sum("amount")).values("sum"), output_field=_MONEY)
    summed = Claim.objects.exclude(state=C.WITHDRAWN).annotate(total=Coalesce(total, Decimal(0), output_field=_MONEY))
    return summed.exclude(amount=F("total"))


def _on_no_notice() -> QuerySet[Any]:
    up = NoticeLine.objects.filter(
        claim=OuterRef("pk"), removed_on__isnull=True, notice__state__in=[NoticeState.PUBLISHED, NoticeState.ENDED]
    )
    return Claim.objects.filter(~Exists(up), state__in=[C.ON_NOTICE, C.OBJECTED])


def _objected_by_nobody() -> QuerySet[Any]:
    open_ = NoticeObjection.objects.filter(line__claim=OuterRef("pk"), state=NoticeObjectionState.WAITING)
    return Claim.objects.filter(~Exists(open_), state=C.OBJECTED)


def _never_on_notice() -> QuerySet[Any]:
    line = NoticeLine.objects.filter(claim=OuterRef("pk"), notice__starts_on__isnull=False)
    return Claim.objects.filter(~Exists(line), state__in=[C.CLEARED, C.BATCHED])


def _paid_by_no_line() -> QuerySet[Any]:
    paid = PaymentLine.objects.filter(claim=OuterRef("pk"), result=LineResult.PAID)
    return Claim.objects.filter(~Exists(paid), state__in=[C.PAID, C.ARCHIVED])


def _held_but_cleared() -> QuerySet[Any]:
    return Claim.objects.filter(OPEN_FLAG, state__in=[C.CLEARED, C.BATCHED])


def _notice_past_its_day() -> QuerySet[Any]:
    return PublicNotice.objects.over_on(timezone.localdate())


CHECKS: dict[Impossible, Callable[[], QuerySet[Any]]] = {
    Impossible.TWO_DUTIES: _two_duties_one_hand,
    Impossible.OWN_CLAIM: _own_claim,
    Impossible.WITHOUT_DUTY: _without_duty,
    Impossible.PASSED_HELD: _passed_while_held,
    Impossible.SUMS_DIFFER: _sums_differ,
    Impossible.NO_NOTICE: _on_no_notice,
    Impossible.OBJECTED: _objected_by_nobody,
    Impossible.NEVER_SHOWN: _never_on_notice,
    Impossible.HELD_CLEARED: _held_but_cleared,
    Impossible.PAID_UNPAID: _paid_by_no_line,
    Impossible.NOTICE_PAST: _notice_past_its_day,
}


def count_impossible() -> dict[str, int]:
    """Return how many impossible rows there are, by sort; sorts without any are left out."""
    counted = {check.value: rows().order_by().count() for check, rows in CHECKS.items()}
    return {key: number for key, number in counted.items() if number}


def keep_found(found: dict[str, int]) -> None:
    """Keep what the proof of the night found, for the first page of the desk."""
    cache.set(_KEPT_AS, found, _KEPT_SECONDS)


def found_lately() -> dict[str, int]:
    """Return what the last proof found; nothing when there was none, or the cache is away."""
    found: dict[str, int] = cache.get(_KEPT_AS, {})
    return found
