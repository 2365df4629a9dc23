"""Rows of the money that should be impossible: services and database refuse them, and this proves it every night."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from internships.subsidies.enums import (
    AFTER_FIRST_REVIEW,
    AFTER_SECOND_REVIEW,
    SEPARATE_DUTIES,
    SETTLED_STATES,
    ClaimState,
    Duty,
    LineResult,
    NoticeObjectionState,
    NoticeState,
)
from internships.subsidies.models import Claim, ClaimDuty, ClaimLine, NoticeLine, NoticeObjection, PaymentLine, PublicNotice
from internships.subsidies.selectors.queues import OPEN_FLAG, OPEN_RECHECK

C = ClaimState
_PUBLISHED = (C.ON_NOTICE, C.OBJECTED, C.CLEARED, C.BATCHED)
_MONEY: DecimalField[Decimal, Decimal] = DecimalField(max_digits=14, decimal_places=2)


@dataclass(frozen=True, slots=True)
class Check:
    """One sort of such rows: its key in messages, its words, and the query that finds them."""

    key: str
    words: Promise
    rows: Callable[[], QuerySet[Any]]


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


CHECKS = (
    Check("two_duties", _("Two duties of one claim in one hand"), _two_duties_one_hand),
    Check("own_claim", _("Duties done for one's own claim"), _own_claim),
    Check("without_duty", _("Claims past a review that nobody made"), _without_duty),
    Check("passed_held", _("Claims published before the re-check or the group's decision"), _passed_while_held),
    Check("sums_differ", _("Claims whose lines do not add up to the amount"), _sums_differ),
    Check("no_notice", _("Claims on notice that stand on no notice"), _on_no_notice),
    Check("objected", _("Claims held by no objection"), _objected_by_nobody),
    Check("never_shown", _("Claims cleared for payment without a public notice"), _never_on_notice),
    Check("held_cleared", _("Claims cleared for payment with an open finding"), _held_but_cleared),
    Check("paid_unpaid", _("Claims paid by no payment"), _paid_by_no_line),
    Check("notice_past", _("Notices past their last day, still to be taken down"), _notice_past_its_day),
)


def words_of_check(key: str) -> str:
    """Return a sort of impossible rows in words; a key that is no longer checked stays as it is."""
    return next((str(check.words) for check in CHECKS if check.key == key), key)


def count_impossible() -> dict[str, int]:
    """Return how many impossible rows there are, by sort; sorts without any are left out."""
    counted = {check.key: check.rows().order_by().count() for check in CHECKS}
    return {key: number for key, number in counted.items() if number}
