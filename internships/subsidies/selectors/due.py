"""Which stays have days that an allowance is due for and that nobody has claimed."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from internships.enums import SheetState
from internships.models import AttendanceSheet, Placement
from internships.models.placement import BEGUN, OVER
from internships.querysets import PlacementQuerySet
from internships.selectors.attendance import months_between, stay_days
from internships.subsidies.arithmetic import Attended, Former
from internships.subsidies.enums import ENDED_WITHOUT_PAY, MonthBasis, Rhythm, Transfers
from internships.subsidies.models import Claim, Policy
from internships.subsidies.periods import Period, periods
from internships.subsidies.selectors.inputs import Stay
from internships.subsidies.selectors.policies import rules_of
from wenxi_portal.core.bulk import one_of

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Due:
    """Days of a stay to be claimed at once, with the sheets of the stay."""

    stay: Stay
    starts_on: date
    ends_on: date
    attendance: tuple[Attended, ...]
    former: Former | None = None


def due_stays(policy: Policy, until: date, hosts: Collection[int] = ()) -> PlacementQuerySet:
    """Return the stays that may have something to claim under ``policy``.

    A stay waits while one of its sheets, or of the stay before a transfer, is being filled in, corrected or objected
    to: what is not settled is not paid.
    """
    unsettled = AttendanceSheet.objects.filter(
        placement=OuterRef("pk"), state__in=[SheetState.DRAFT, SheetState.OBJECTED]
    )
    unsettled_before = AttendanceSheet.objects.filter(
        placement=OuterRef("transferred_from"), state__in=[SheetState.DRAFT, SheetState.OBJECTED]
    )
    sheets = AttendanceSheet.objects.filter(
        placement=OuterRef("pk"), state__in=[SheetState.CONFIRMED, SheetState.LOCKED]
    )
    claims = Claim.objects.filter(placement=OuterRef("pk"), scheme=policy.scheme, corrects__isnull=True)
    held = claims.exclude(state__in=ENDED_WITHOUT_PAY)
    found = Placement.objects.filter(Exists(sheets), starts_on__lte=until)
    if hosts:
        found = found.filter(host__in=hosts)
    if policy.rhythm == Rhythm.AT_END:
        found = found.filter(
            ~Exists(unsettled), ~Exists(unsettled_before), _begins_within(policy), state__in=OVER, ends_on__lte=until
        )  # fmt: skip
    else:
        # Days are claimed once: whoever has claimed fewer days than the stay has may claim more.
        lengths = held.order_by().values("placement").annotate(sum=Sum(_length())).values("sum")
        found = found.filter(state__in=BEGUN, ends_on__gte=policy.valid_from).annotate(
            claimed=Coalesce(Subquery(lengths, IntegerField()), 0)
        )
        found = found.filter(claimed__lt=_length())
    return found


def due_periods(
    found: Collection[Stay],
    attendance: dict[int, tuple[Attended, ...]],
    policy: Policy,
    until: date,
    *,
    formers: dict[int, Former],
    again: bool,
) -> list[Due]:
    """Return the days to be claimed; ``again``: days of claims that were withdrawn or refused as well."""
    claimed = _claimed(found)
    own, unsettled = _own_claims(found, policy, again=again), _unsettled(found, policy)
    idle = _idle_months(found, attendance)
    due = []
    for stay in found:
        taken = [*claimed[stay.student], *own[stay.pk]]
        months = {one.starts_on.replace(day=1) for one in attendance[stay.pk]} | idle.get(stay.pk, set())
        for period in _periods(stay, policy, until, formers.get(stay.pk)):
            days = (period.starts_on, period.ends_on)
            needed = set(months_between(*days))
            if needed <= months and not needed & unsettled[stay.pk] and not any(_overlap(days, one) for one in taken):
                due.append(Due(stay, *days, attendance[stay.pk], formers.get(stay.pk)))
    return due


def _length() -> Combinable:
    """Return the number of days of a row, both ends included."""
    return Func(
        F("ends_on"), F("starts_on"), template="(%(expressions)s + 1)", arg_joiner=" - ", output_field=IntegerField()
    )


def _begins_within(policy: Policy) -> Q:
    held = Q(starts_on__gte=policy.valid_from)
    return held if policy.valid_until is None else held & Q(starts_on__lte=policy.valid_until)


def _periods(stay: Stay, policy: Policy, until: date, former: Former | None) -> Iterator[Period]:
    """Yield what is claimed at once: the whole stay, or each month that is over."""
    if policy.rhythm == Rhythm.AT_END:
        yield Period(stay.starts_on, stay.ends_on, True)
        return
    basis = (policy.rules.get("counting") or {}).get("basis")
    last = policy.valid_until or date.max
    # Months of a stay are counted from the first day of all, before any transfer.
    is_joined = former is not None and rules_of(policy).counting.transfers == Transfers.JOINED
    anchor = former.starts_on if former is not None and is_joined else stay.starts_on
    months = periods(anchor, stay.ends_on, stay.starts_on, stay.ends_on, is_calendar=basis != MonthBasis.STAY)
    for month in months:
        is_over = month.ends_on < until or (stay.state in OVER and month.ends_on <= until)
        if is_over and policy.valid_from <= month.starts_on <= last:
            yield month


def _claimed(found: Collection[Stay]) -> dict[int, list[Days]]:
    """Return the days for which each student has a claim: days are claimed once, in whatever scheme."""
    rows = Claim.objects.counting().filter(
        student__in=one_of({stay.student for stay in found}), milestone__isnull=True, corrects__isnull=True
    )
    by_student: dict[int, list[Days]] = defaultdict(list)
    for student, first, last in rows.values_list("student_id", "starts_on", "ends_on"):
        by_student[student].append((first, last))
    return by_student


def _own_claims(found: Collection[Stay], policy: Policy, *, again: bool) -> dict[int, list[Days]]:
    """Return the days of claims that were withdrawn or refused: the portal does not offer them a second time."""
    by_stay: dict[int, list[Days]] = defaultdict(list)
    if not again:
        ended = Claim.objects.filter(
            placement__in=one_of(stay.pk for stay in found), scheme=policy.scheme, state__in=ENDED_WITHOUT_PAY
        )
        for stay, first, last in ended.values_list("placement_id", "starts_on", "ends_on"):
            by_stay[stay].append((first, last))
    return by_stay


def _unsettled(found: Collection[Stay], policy: Policy) -> dict[int, set[date]]:
    """Return the months of each stay whose sheet is being corrected or objected to."""
    by_stay: dict[int, set[date]] = defaultdict(set)
    if policy.rhythm != Rhythm.AT_END:
        after = {stay.transferred_from: stay.pk for stay in found if stay.transferred_from}
        sheets = AttendanceSheet.objects.filter(
            placement__in=one_of([*(stay.pk for stay in found), *after]),
            state__in=[SheetState.DRAFT, SheetState.OBJECTED],
        )
        for stay, month in sheets.values_list("placement_id", "month"):
            by_stay[stay].add(month)
            if stay in after:
                by_stay[after[stay]].add(month)
    return by_stay


def _idle_months(found: Collection[Stay], attendance: dict[int, tuple[Attended, ...]]) -> dict[int, set[date]]:
    """Return the months in which a stay was interrupted all the time: there is no sheet to wait for."""
    lacking: dict[int, set[date]] = {}
    for stay in found:
        months = set(months_between(stay.starts_on, stay.ends_on))
        without = months - {one.starts_on.replace(day=1) for one in attendance[stay.pk]}
        if without:
            lacking[stay.pk] = without
    rows: Any = Placement.objects.filter(pk__in=lacking).prefetch_related("stay_events")
    return {row.pk: {month for month in lacking[row.pk] if not stay_days(row, month)} for row in rows}


def _overlap(days: Days, others: Days) -> bool:
    return days[0] <= others[1] and others[0] <= days[1]
