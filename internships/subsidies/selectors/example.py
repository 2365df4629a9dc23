"""What a stay that nobody made would give: for the calculator and the examples on the public pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from internships.subsidies.arithmetic import Attended, Computation, Inputs, work_out
from internships.subsidies.models import Policy
from internships.subsidies.periods import add_months, months_from
from internships.subsidies.selectors.explaining import sentences
from internships.subsidies.selectors.policies import caps_of, rules_of
from talent.enums import StudyLevel
from wenxi_portal.core.money import money
from wenxi_portal.reminders.working_days import Calendar, calendar

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Example:
    """A stay that is made up, and what is due for it, line by line in words."""

    level: str
    starts_on: date
    ends_on: date
    amount: str
    lines: list[tuple[str, list[str]]]


def work_out_example(
    policy: Policy, level: str, first: date, last: date, days_a_month: Decimal | None = None
) -> Example:  # fmt: skip
    """Return what somebody at ``level`` would be due for a stay, present every working day or so many days a month."""
    attendance = tuple(_attendance(first, last, days_a_month, calendar()))
    found = work_out(rules_of(policy), caps_of(policy), Inputs(level, first, last, attendance))
    return _in_words(level, first, last, found)


def usual_example(policy: Policy) -> Example | None:
    """Return the example of a policy's page: two months at the lowest level that has a rate; None for a bonus."""
    rates = rules_of(policy).rates
    level = next((level.value for level in (StudyLevel.BACHELOR, *StudyLevel) if level in rates), None)
    if level is None:
        return None
    first = policy.valid_from.replace(month=7, day=1)
    return work_out_example(policy, level, first, add_months(first, 2) - ONE_DAY)


def _attendance(first: date, last: date, days_a_month: Decimal | None, known: Calendar) -> Iterator[Attended]:
    for number, (month, end) in enumerate(months_from(first, last, is_calendar=True), start=1):
        begins, ends = max(month, first), min(end, last)
        days = [begins + timedelta(days=at) for at in range((ends - begins).days + 1)]
        halves = {day.day: 2 for day in days if known.is_working_day(day)}
        if days_a_month is not None:
            whole, half = divmod(int(days_a_month * 2), 2)
            halves = {day.day: 2 for day in days[:whole]}
            halves |= {day.day: 1 for day in days[whole : whole + half]}
        yield Attended(begins, ends, sum(halves.values()), halves, number)


def _in_words(level: str, first: date, last: date, found: Computation) -> Example:
    lines = [(money(line.amount), sentences(line.steps)) for line in found.lines]
    return Example(str(StudyLevel(level).label), first, last, money(found.amount), lines)
