"""A draft tried on the stays of a year: who would have had more or less than under the version that held then.

Both sides are worked out from the same confirmed attendance, one stay after the other. What people had before that
year, and what other years took of a base's cap, is left out on both sides.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain

from django.db.models import Q, QuerySet

from internships.enums import Outcome
from internships.models import Placement, Student
from internships.models.placement import OVER
from internships.subsidies.arithmetic import Attended, Caps, Computation, Former, Inputs, work_out
from internships.subsidies.enums import MilestoneKind, SchemeKind
from internships.subsidies.models import Claim, Policy
from internships.subsidies.periods import add_months
from internships.subsidies.querysets.claims import Visitor
from internships.subsidies.rules import Rules
from internships.subsidies.selectors.inputs import NOTHING, Stay, Used, attendance_of, formers_of, stays
from internships.subsidies.selectors.policies import caps_of, hosts_of, rules_of
from talent.enums import StudyLevel
from wenxi_portal.organisations.models import Organisation

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """One stay: what the version of then gives, and what the draft would give."""

    stay: Stay
    student: str
    host: str
    was: Decimal
    would: Decimal

    @property
    def difference(self) -> Decimal:
        """How much more (or less) in yuan."""
        return self.would - self.was

    @property
    def level(self) -> str:
        """The level being studied."""
        return str(StudyLevel(self.stay.level).label)


@dataclass(slots=True)
class Trial:
    """The rows with the largest differences first, and the sums."""

    rows: list[Row] = field(default_factory=list)
    months: dict[date, list[Decimal]] = field(default_factory=dict)

    @property
    def was(self) -> Decimal:
        """The sum under the versions of then."""
        return sum((row.was for row in self.rows), NOTHING)

    @property
    def would(self) -> Decimal:
        """The sum under the draft."""
        return sum((row.would for row in self.rows), NOTHING)

    @property
    def difference(self) -> Decimal:
        """How much more (or less) the draft costs."""
        return self.would - self.was

    @property
    def gainers(self) -> int:
        """How many stays would have had more."""
        return sum(row.difference > 0 for row in self.rows)

    @property
    def losers(self) -> int:
        """How many stays would have had less."""
        return sum(row.difference < 0 for row in self.rows)


class _Side:
    """One version while it is tried: its rules, and what its caps have left."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.rules: Rules = rules_of(policy)
        self.caps: Caps = caps_of(policy)
        self.hosts = hosts_of(policy)
        self.used: dict[int, Used] = {}
        self.base: dict[int, Decimal] = {}
        self.formers: dict[int, Former] = {}

    def give(self, inputs: Inputs, stay: Stay) -> Computation:
        """Work one claim out and use the caps up."""
        found = work_out(self.rules, self.caps, inputs)
        self.used[stay.student] = self.used.get(stay.student, Used()).and_(found.months, found.amount)
        if stay.base is not None:
            self.base[stay.base] = self.base.get(stay.base, NOTHING) + found.amount
        return found

    def applies(self, host: int | None) -> bool:
        """Whether the version pays for this host."""
        return not self.hosts or host in self.hosts

    def base_left(self, stay: Stay) -> Decimal | None:
        """What the base has left."""
        most = self.policy.most_a_base_year
        return None if most is None or stay.base is None else most - self.base.get(stay.base, NOTHING)


def last_year(today: date) -> int:
    """Return the year on which a draft is usually tried."""
    return today.year - 1


def try_policy(policy: Policy, year: int, user: Visitor) -> Trial:
    """Try ``policy`` on the stays that began in ``year`` and are over, as far as ``user`` may see them."""
    others = Policy.objects.approved().filter(scheme=policy.scheme).exclude(pk=policy.pk).order_by("valid_from")
    then = [_Side(other) for other in others.select_related("scheme")]
    draft, trial = _Side(policy), Trial()
    months: dict[date, list[Decimal]] = defaultdict(lambda: [NOTHING, NOTHING])
    found = Placement.objects.visible_to(user).filter(state__in=OVER, starts_on__year=year)
    if policy.scheme.kind == SchemeKind.BONUS:
        found = found.filter(outcome__in=[Outcome.HIRED, Outcome.HIRED_ELSEWHERE])
    for batch in _batches(found):
        names = _names(batch)
        attendance = attendance_of(batch, _by_day(policy, then))
        for tried in (draft, *then):
            tried.formers = formers_of(batch, tried.policy, tried.hosts)
        paid = _paid(batch) if policy.scheme.kind == SchemeKind.BONUS else {}
        for stay in batch:
            side = next((one for one in then if _holds(one.policy, stay.starts_on)), None)
            sums = []
            for place, one in enumerate((side, draft)):
                results = _results(one, stay, attendance, paid) if one else []
                sums.append(sum((result.amount for result in results), NOTHING))
                for line in chain.from_iterable(result.lines for result in results):
                    months[line.starts_on.replace(day=1)][place] += line.amount
            trial.rows.append(Row(stay, *names[stay.pk], *sums))
    trial.rows.sort(key=lambda row: (-abs(row.difference), row.stay.pk))
    trial.months = {month: sums for month, sums in sorted(months.items()) if any(sums)}
    return trial


def _batches(found: QuerySet[Placement]) -> Iterator[list[Stay]]:
    after = 0
    while batch := stays(found.filter(pk__gt=after).order_by("pk")[:BATCH]):
        after = batch[-1].pk
        yield batch


def _results(
    side: _Side, stay: Stay, attendance: dict[int, tuple[Attended, ...]], paid: dict[int, Decimal]
) -> list[Computation]:
    """Work out what a stay gets, one claim after the other: each uses up what the next finds of the caps."""
    return [side.give(inputs, stay) for inputs in _inputs(side, stay, attendance, paid)]


def _inputs(
    side: _Side, stay: Stay, attendance: dict[int, tuple[Attended, ...]], paid: dict[int, Decimal]
) -> Iterator[Inputs]:
    if side.policy.scheme.kind != SchemeKind.BONUS:
        used = side.used.get(stay.student, Used())
        yield Inputs(
            stay.level, stay.starts_on, stay.ends_on, attendance[stay.pk], used.months, used.amount,
            side.base_left(stay), host_applies=side.applies(stay.host), former=side.formers.get(stay.pk),
        )  # fmt: skip
        return
    for one in side.rules.bonus.milestones if side.rules.bonus else ():
        used = side.used.get(stay.student, Used())
        day = add_months(stay.ends_on + timedelta(days=1), one.months)
        milestone = (MilestoneKind(one.kind).value, one.months)
        yield Inputs(
            stay.level, day, day, (), used.months, used.amount, side.base_left(stay), paid.get(stay.pk, NOTHING),
            milestone, host_applies=side.applies(stay.employer),
        )  # fmt: skip


def _holds(policy: Policy, day: date) -> bool:
    return policy.valid_from <= day and (policy.valid_until is None or policy.valid_until >= day)


def _by_day(policy: Policy, then: list[_Side]) -> Policy:
    """Return a version that counts by months of the stay, if any does: its sheets are read day by day."""
    sides = [policy, *(side.policy for side in then)]
    return next((one for one in sides if (one.rules.get("counting") or {}).get("basis") == "stay"), policy)


def _names(batch: list[Stay]) -> dict[int, tuple[str, str]]:
    students = dict(Student.objects.filter(pk__in={stay.student for stay in batch}).values_list("pk", "name"))
    hosts = dict(Organisation.objects.filter(pk__in={stay.host for stay in batch}).values_list("pk", "name"))
    return {stay.pk: (students[stay.student], hosts[stay.host]) for stay in batch}


def _paid(batch: list[Stay]) -> dict[int, Decimal]:
    """Return what each stay had as allowance: what was claimed, where nothing has been paid yet."""
    claims = Claim.objects.counting().filter(
        Q(placement__in=[stay.pk for stay in batch]), kind=SchemeKind.ALLOWANCE
    )  # fmt: skip
    sums: dict[int, Decimal] = {}
    for stay, amount in claims.values_list("placement_id", "amount"):
        sums[stay] = sums.get(stay, NOTHING) + amount
    return sums
