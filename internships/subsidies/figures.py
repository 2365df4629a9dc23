"""What a claim is worked out from and what it comes to: plain values, no clock, no database, no float."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

NOTHING = Decimal(0)
Step = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Attended:
    """One calendar month of a stay from its confirmed sheet: ``days`` maps the day of the month to half days."""

    starts_on: date
    ends_on: date
    half_days: int
    days: Mapping[int, int]
    sheet: int | None = None
    version: int = 1

    def within(self, first: date, last: date) -> int:
        """Return the half days from ``first`` to ``last``."""
        if first <= self.starts_on and self.ends_on <= last:
            return self.half_days
        begins, ends = max(first, self.starts_on), min(last, self.ends_on)
        if begins > ends:
            return 0
        return sum(halves for day, halves in self.days.items() if begins.day <= day <= ends.day)


@dataclass(frozen=True, slots=True)
class Caps:
    """What a person may have at most over a lifetime; None is no cap."""

    most_months: Decimal | None = None
    most_a_person: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Former:
    """The days at other hosts from which somebody was transferred to this stay, without a gap, by the same policy."""

    starts_on: date
    ends_on: date
    attendance: tuple[Attended, ...] = ()

    @property
    def length(self) -> int:
        """How many days these are."""
        return (self.ends_on - self.starts_on).days + 1


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a claim is worked out from.

    ``starts_on`` to ``ends_on`` are the days claimed, ``stay_starts_on`` to ``stay_ends_on`` those of the stay (the
    same when empty). ``used_*`` is what the person's other claims take of the caps, ``base_left`` what the base has
    left in the year (None: no cap). ``milestone`` makes it a bonus, with ``allowance_paid`` to top up. ``former`` are
    the days before a transfer: a month that two hosts share is counted once, less what these give by themselves.
    """

    level: str
    starts_on: date
    ends_on: date
    attendance: tuple[Attended, ...] = ()
    used_months: Decimal = NOTHING
    used_amount: Decimal = NOTHING
    base_left: Decimal | None = None
    allowance_paid: Decimal = NOTHING
    milestone: tuple[str, int] | None = None
    stay_starts_on: date | None = None
    stay_ends_on: date | None = None
    host_applies: bool = True
    former: Former | None = None

    @property
    def stay(self) -> tuple[date, date]:
        """First and last day of the stay."""
        return self.stay_starts_on or self.starts_on, self.stay_ends_on or self.ends_on


@dataclass(frozen=True, slots=True)
class Line:
    """One month or one part of a bonus. ``months`` is what it takes of the person's cap."""

    order: int
    starts_on: date
    ends_on: date
    days: Decimal
    months: Decimal
    rate: Decimal
    amount: Decimal
    steps: tuple[Step, ...]
    sheet: int | None
    inputs_hash: str


@dataclass(frozen=True, slots=True)
class Computation:
    """The lines and their sums."""

    lines: tuple[Line, ...]
    months: Decimal
    amount: Decimal
    inputs_hash: str
