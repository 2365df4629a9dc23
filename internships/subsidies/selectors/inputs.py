"""What claims are worked out from, read for many stays at once: days, confirmed sheets, what the caps have left."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from internships.enums import HALF_DAYS
from internships.models import AttendanceSheet, Placement
from internships.models.placement import OVER
from internships.selectors.attendance import VALID, month_end
from internships.subsidies.arithmetic import Attended, Former
from internships.subsidies.enums import SETTLED_STATES, MonthBasis, Rhythm, SchemeKind
from internships.subsidies.models import Claim, Policy, Scheme
from wenxi_portal.core.bulk import one_of

NOTHING = Decimal(0)
HALVES = {mark.value: halves for mark, halves in HALF_DAYS.items()}
COLUMNS = (
    "pk", "student_id", "host_id", "employer_id", "lead_unit_id", "position__base_id", "starts_on", "ends_on",
    "state", "student__level", "is_demo", "transferred_from_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stay:
    """What of a stay the arithmetic and the claim's row need."""

    pk: int
    student: int
    host: int
    employer: int | None
    lead_unit: int
    base: int | None
    starts_on: date
    ends_on: date
    state: str
    level: str
    is_demo: bool
    transferred_from: int | None = None


@dataclass(frozen=True, slots=True)
class Used:
    """What counting claims of one person in one scheme take of the caps."""

    months: Decimal = NOTHING
    amount: Decimal = NOTHING

    def and_(self, months: Decimal, amount: Decimal) -> "Used":
        """Return the sum with one claim more."""
        return Used(self.months + months, self.amount + amount)


def stays(placements: QuerySet[Placement]) -> list[Stay]:
    """Return the stays behind ``placements``, in their order (one statement)."""
    return [Stay(*row) for row in placements.values_list(*COLUMNS)]


def attendance_of(found: Collection[Stay], policy: Policy) -> dict[int, tuple[Attended, ...]]:
    """Return the months of each stay from its valid sheets, in their order (one statement)."""
    sheets = AttendanceSheet.objects.filter(placement__in=one_of(stay.pk for stay in found), state__in=VALID)
    # Single days matter only where a month of the stay is cut out of two sheets.
    columns = ("placement_id", "pk", "version", "month", "half_days", *(["marks"] if _cuts_sheets(policy) else []))
    by_stay: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for pk, *sheet in sheets.order_by("month").values_list(*columns):
        by_stay[pk].append(tuple(sheet))
    return {stay.pk: tuple(_attended(stay, *sheet) for sheet in by_stay[stay.pk]) for stay in found}


def formers_of(found: Collection[Stay], policy: Policy, hosts: Collection[int]) -> dict[int, Former]:
    """Return the days before a transfer that ``policy`` counts together with those of each stay, by stay.

    They follow one another without a gap, at hosts to which the policy applies, and it held on them too.
    """
    before = _stays_before(found)
    attendance = attendance_of(before.values(), policy) if before else {}
    formers: dict[int, Former] = {}
    for stay in found:
        chain, at = [], stay
        while (one := before.get(at.transferred_from or 0)) and _goes_on(one, at, policy, hosts):
            chain.append(one)
            at = one
        if chain:
            sheets = tuple(sheet for one in reversed(chain) for sheet in attendance[one.pk])
            formers[stay.pk] = Former(at.starts_on, chain[0].ends_on, sheets)
    return formers


def _stays_before(found: Collection[Stay]) -> dict[int, Stay]:
    """Return the stays from which others were transferred, by key, back to the first of each chain."""
    known: dict[int, Stay] = {}
    ask = {stay.transferred_from for stay in found if stay.transferred_from}
    while ask:
        rows = stays(Placement.objects.filter(pk__in=ask))
        known |= {row.pk: row for row in rows}
        ask = {row.transferred_from for row in rows if row.transferred_from} - known.keys()
    return known


def _goes_on(before: Stay, after: Stay, policy: Policy, hosts: Collection[int]) -> bool:
    by_month = policy.rhythm == Rhythm.MONTHLY and not _cuts_sheets(policy)
    # A claim follows the policy of its first day: of the stay, or of the month that both share.
    first = max(before.starts_on, after.starts_on.replace(day=1)) if by_month else before.starts_on
    return (
        before.state in OVER
        and before.ends_on + timedelta(days=1) == after.starts_on
        and policy.valid_from <= first
        and (not hosts or before.host in hosts)
    )


def used_by(students: Iterable[int], scheme: Scheme, without: Claim | None = None) -> dict[int, Used]:
    """Return what counting claims of a scheme take of each person's caps, ``without`` one of them."""
    claims = Claim.objects.counting().filter(student__in=one_of(set(students)), scheme=scheme)
    if without is not None:
        claims = claims.exclude(pk=without.pk)
    rows = claims.order_by().values_list("student_id").annotate(Sum("months"), Sum("amount"))
    return {student: Used(months, amount) for student, months, amount in rows}


def base_used(scheme: Scheme, year: int, without: Claim | None = None) -> dict[int, Decimal]:
    """Return what counting claims of a scheme that end in ``year`` take of each base's cap, in yuan."""
    claims = Claim.objects.counting().filter(scheme=scheme, ends_on__year=year, placement__position__base__isnull=False)
    if without is not None:
        claims = claims.exclude(pk=without.pk)
    rows = claims.order_by().values_list("placement__position__base_id").annotate(Sum("amount"))
    return dict(rows)


def _cuts_sheets(policy: Policy) -> bool:
    return (policy.rules.get("counting") or {}).get("basis") == MonthBasis.STAY


def allowance_paid(placement: Placement) -> Decimal:
    """Return what was paid as allowance for a stay and the stays it was transferred from, in yuan."""
    chain: list[int] = []
    stay: Placement | None = placement
    while stay is not None:
        chain.append(stay.pk)
        stay = stay.transferred_from
    paid = Claim.objects.filter(placement__in=chain, kind=SchemeKind.ALLOWANCE, state__in=SETTLED_STATES)
    total: Decimal | None = paid.aggregate(sum=Sum("amount"))["sum"]
    return total or NOTHING


def _attended(
    stay: Stay, sheet: int, version: int, month: date, half_days: int, marks: dict[str, str] | None = None
) -> Attended:
    begins, ends = max(month, stay.starts_on), min(month_end(month), stay.ends_on)
    days = {int(day): HALVES[mark] for day, mark in marks.items()} if marks else {}
    return Attended(begins, ends, half_days, days, sheet, version)
