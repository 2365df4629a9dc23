"""How a reminder is declared: a class in ``<room>/reminders.py``. The how-to stands in docs/reminders.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.db.models.expressions import Combinable, Value
from django.utils import timezone
from django.utils.functional import Promise

from wenxi_portal.accounts.models import User
from wenxi_portal.notifications.enums import Channel
from wenxi_portal.notifications.kinds import Params
from wenxi_portal.reminders.enums import Audience
from wenxi_portal.reminders.working_days import Calendar

# A step comes at this hour of its day (China Standard Time).
HOUR = time(8)
ESCALATION = "escalation"
# The longest holidays between working days, for a safe first guess (see ``Step.first_guess``).
_LONGEST_BREAK = 15


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: ``offset`` days relative to the due date (negative: before it), in calendar or in working days."""

    key: str
    offset: int
    in_working_days: bool = False

    def day(self, due_on: date, calendar: Calendar) -> date:
        """Return the day on which the step comes."""
        if self.in_working_days:
            return calendar.add_working_days(due_on, self.offset)
        return due_on + timedelta(days=self.offset)

    @property
    def first_guess(self) -> int:
        """Calendar days after the due date before which the step cannot come, whatever the calendar says."""
        if not self.in_working_days or self.offset >= 0:
            return self.offset
        return 3 * self.offset - _LONGEST_BREAK


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of one due date as the scan needs it: when it comes, and until when it is of use (None: for ever)."""

    position: int
    step: str
    at: datetime
    sensible_until: datetime | None
    audience: Audience
    escalates: bool = False


class Ladder:
    """What is watched, when it is due, on which steps whom is told what.

    ``open`` returns the rows that are not resolved; ``due``, ``unit``, ``owner`` and ``title`` are expressions over
    them. ``touched`` returns which rows may have changed since a moment, so that a scan looks at these alone; a nightly
    comparison looks at all.
    """

    name: ClassVar[str]
    label: ClassVar[str | Promise]
    model: ClassVar[type[Model]]
    steps: ClassVar[tuple[Step, ...]]
    due: ClassVar[Combinable]
    title: ClassVar[Combinable]
    unit: ClassVar[Combinable] = Value(None)
    owner: ClassVar[Combinable] = Value(None)
    audience: ClassVar[Audience] = Audience.UNIT
    # Working days after the last step was really sent, until the heads are told; None: never.
    escalate_after: ClassVar[int | None] = None
    # Days after the due date on which a late step is still of use; None: always.
    sensible_for: ClassVar[int | None] = 0
    changed_field: ClassVar[str] = "updated_at"
    channels: ClassVar[frozenset[Channel]] = frozenset({Channel.INBOX, Channel.EMAIL})
    mandatory: ClassVar[bool] = False
    urgent: ClassVar[bool] = False
    # Only staff are ever told: nobody else is asked how.
    for_staff: ClassVar[bool] = False

    def open(self) -> QuerySet[Any]:
        """Return the rows about which somebody must still do something."""
        raise LookupError(f"{type(self).__name__} does not say which rows are open.")

    def touched(self, since: datetime) -> QuerySet[Any]:
        """Return the keys of rows that may have changed since then, open or not."""
        return self.model._default_manager.filter(**{f"{self.changed_field}__gte": since}).values("pk")

    def subject(self, params: Params) -> str:
        """Return the line that says what it is about. ``params``: title, due (ISO date), step, object, escalated."""
        raise LookupError(f"{type(self).__name__} has no words.")

    def body(self, params: Params) -> str:
        """Return what to do about it."""
        raise LookupError(f"{type(self).__name__} has no words.")

    def url(self, params: Params) -> str:
        """Return the path where it is done."""
        raise LookupError(f"{type(self).__name__} has no address.")

    def inside(self, params: Params, reader: User) -> str:
        """Return what only the inbox adds, behind the sign-in; it may name a person the reader may see."""
        return ""

    def rungs(self, due_on: date, calendar: Calendar) -> list[Rung]:
        """Return the steps of one due date in the order in which they come; the escalation is the last."""
        until = None if self.sensible_for is None else moment(due_on + timedelta(days=self.sensible_for + 1), time())
        days = sorted((step.day(due_on, calendar), step.key) for step in self.steps)
        found = [Rung(place, key, moment(day), until, self.audience) for place, (day, key) in enumerate(days)]
        if self.escalate_after is not None:
            # It comes a number of working days after the last step went out, which the scan knows.
            found.append(Rung(len(found), ESCALATION, found[-1].at, until, Audience.HEADS, escalates=True))
        return found

    @property
    def first_guess(self) -> int:
        """Calendar days after the due date before which no step can come."""
        return min(step.first_guess for step in self.steps)

    @property
    def signature(self) -> str:
        """What tells this ladder from an earlier version of itself."""
        steps = ",".join(f"{step.key}:{step.offset}:{int(step.in_working_days)}" for step in self.steps)
        return f"{steps};{self.escalate_after};{self.sensible_for};{self.audience}"


def moment(day: date, clock: time = HOUR) -> datetime:
    """Return the moment of a day, China Standard Time."""
    return datetime.combine(day, clock, tzinfo=timezone.get_default_timezone())


def days_before(*days: int) -> tuple[Step, ...]:
    """Return steps of so many calendar days before the due date: ``days_before(90, 30, 7)``."""
    return tuple(Step(f"{number}d", -number) for number in _falling(days))


def _falling(days: Iterable[int]) -> list[int]:
    return sorted(days, reverse=True)
