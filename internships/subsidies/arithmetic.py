"""What somebody is due: one pure function. No clock, no database, no float; the same inputs give the same lines.

Money is yuan as ``Decimal``. Every line tells its own arithmetic as ``steps`` (codes and values, see
``internships.subsidies.selectors.explaining``) and carries the hash of what it was worked out from.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from internships.subsidies.periods import Period, periods
from internships.subsidies.rules import Counting, Rules

NOTHING = Decimal(0)
CENT = Decimal("0.01")
ROUNDINGS = {"half_up": ROUND_HALF_UP, "down": ROUND_FLOOR, "up": ROUND_CEILING}
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
class Inputs:
    """What a claim is worked out from.

    ``starts_on`` to ``ends_on`` are the days claimed, ``stay_starts_on`` to ``stay_ends_on`` those of the stay (the
    same when empty). ``used_*`` is what the person's other claims take of the caps, ``base_left`` what the base has
    left in the year (None: no cap). ``milestone`` makes it a bonus, with ``allowance_paid`` to top up.
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


def work_out(rules: Rules, caps: Caps, inputs: Inputs) -> Computation:
    """Return what is due and why. Never negative; more days never give less; every cap holds."""
    purse = _Purse(caps, inputs)
    lines = _bonus(rules, inputs, purse) if inputs.milestone else _months(rules, inputs, purse)
    return Computation(
        tuple(lines),
        sum((line.months for line in lines), NOTHING),
        sum((line.amount for line in lines), NOTHING),
        _hash(
            rules.fingerprint,
            caps.most_months,
            caps.most_a_person,
            inputs.level,
            *inputs.stay,
            # Without a cap it is of no matter what other claims have used.
            *((inputs.used_months, inputs.used_amount, inputs.base_left) if purse.before else ()),
            *(line.inputs_hash for line in lines),
        ),
    )


def less_paid(found: Computation, paid: Decimal, number: str) -> Computation:
    """Return ``found`` less what was ``paid`` for claim ``number``: a last line takes it off. May be negative."""
    last = found.lines[-1]
    amount = -paid.quantize(CENT)
    step: Step = {"code": "already_paid", "claim": number, "amount": plain(paid)}
    hash_ = _hash(found.inputs_hash, number, amount)
    line = Line(
        last.order + 1, found.lines[0].starts_on, last.ends_on, NOTHING, NOTHING, NOTHING, amount, (step,), None, hash_
    )  # fmt: skip
    # The months were counted with the claim that was paid.
    return Computation((*found.lines, line), NOTHING, found.amount + amount, hash_)


class _Purse:
    """What may still be paid while the lines are worked out: caps of the person and of the base, in yuan."""

    def __init__(self, caps: Caps, inputs: Inputs) -> None:
        self.person = _left(caps.most_a_person, inputs.used_amount)
        self.base = None if inputs.base_left is None else max(NOTHING, inputs.base_left)
        self.months = _left(caps.most_months, inputs.used_months)
        self.before: Step | None = None
        if not (self.person is None and self.base is None and self.months is None):
            self.before = {
                "code": "before",
                "months": plain(inputs.used_months),
                "amount": plain(inputs.used_amount),
                "base_left": None if inputs.base_left is None else plain(inputs.base_left),
            }

    def take(self, amount: Decimal, steps: list[Step]) -> Decimal:
        """Return what of ``amount`` the caps allow."""
        for code, left in (("cap_person", self.person), ("cap_base", self.base)):
            if left is not None and amount > left:
                amount = left
                steps.append({"code": code, "left": plain(left)})
        self.person = None if self.person is None else self.person - amount
        self.base = None if self.base is None else self.base - amount
        return amount


class _Room:
    """What the cap of months leaves, in parts of a month (days, or yuan of fixed bands): nothing is lost in division.

    So many months are never worth more than their rate, however the single lines were rounded.
    """

    def __init__(self, months: Decimal | None, unit: Decimal, whole: Decimal, counting: Counting) -> None:
        self.whole = whole
        self.left = None if months is None else months * whole
        self.ceiling = None if months is None else _rounded(unit * months, counting)

    def take(self, parts: Decimal, amount: Decimal, steps: list[Step]) -> tuple[Decimal, Decimal]:
        """Return what of a month and its amount the cap allows."""
        if self.left is None or self.ceiling is None:
            return parts, amount
        if parts > self.left:
            left = plain(_as_months(self.left, self.whole))
            steps.append({"code": "cap_months", "left": left, "amount": plain(self.ceiling)})
            parts, amount = self.left, self.ceiling
        amount = min(amount, self.ceiling)
        self.left, self.ceiling = self.left - parts, self.ceiling - amount
        return parts, amount


def _months(rules: Rules, inputs: Inputs, purse: _Purse) -> list[Line]:
    refusal = _refusal(rules, inputs)
    if refusal:
        return [_line(1, Period(inputs.starts_on, inputs.ends_on, True), [refusal], (rules.fingerprint,))]
    counting = rules.counting
    unit, whole = _unit(rules, inputs.level)
    room = _Room(purse.months, unit, whole, counting)
    lines: list[Line] = []
    for period in _periods(rules, inputs):
        days, sheets = _attended(inputs, period)
        steps: list[Step] = [purse.before] if purse.before and not lines else []
        steps += [
            {"code": "month", "from": period.starts_on.isoformat(), "until": period.ends_on.isoformat(),
             "days": plain(days), "basis": str(counting.basis)},
            *([] if sheets else [{"code": "no_sheet"}]),
        ]  # fmt: skip
        parts = _parts(counting, period, days, steps) if sheets else NOTHING
        exact = unit * parts / whole
        amount = _rounded(exact, counting)
        if parts:
            steps.append(_rate_step(counting, unit, parts, whole, amount, exact))
        parts, amount = room.take(parts, amount, steps)
        amount = purse.take(amount, steps)
        months = _as_months(parts, whole) if amount else NOTHING
        sheet = sheets[0].sheet if len(sheets) == 1 else None
        about = (rules.fingerprint, inputs.level, *(part for one in sheets for part in (one.sheet, one.version)))
        lines.append(_line(len(lines) + 1, period, steps, about, _Found(amount, days, months, unit, sheet)))
    return lines


def _bonus(rules: Rules, inputs: Inputs, purse: _Purse) -> list[Line]:
    kind, months = inputs.milestone or ("", 0)
    period = Period(inputs.starts_on, inputs.ends_on, True)
    bonus = rules.bonus
    milestones = bonus.milestones if bonus else ()
    share = next((one.share for one in milestones if (one.kind, one.months) == (kind, months)), None)
    # An allowance that is paid meanwhile changes nothing where it is not topped up.
    topped_up = inputs.allowance_paid if bonus and bonus.percent_of_allowance else NOTHING
    about = (rules.fingerprint, inputs.level, kind, months, topped_up)
    if bonus is None or share is None or not inputs.host_applies:
        code = "other_host" if not inputs.host_applies else "no_milestone"
        return [_line(1, period, [{"code": code}], about)]
    lines: list[Line] = []
    whole = bonus.amounts.get(inputs.level, NOTHING)
    first: Step = {"code": "milestone", "kind": str(kind), "months": months, "share": plain(share * 100),
                   "bonus": plain(whole), "level": inputs.level}  # fmt: skip
    if inputs.level not in bonus.amounts:
        first = {"code": "no_rate", "level": inputs.level}
    parts: list[tuple[Decimal, Step]] = []
    if bonus.amounts:
        parts.append((whole, first))
    if bonus.percent_of_allowance:
        paid = inputs.allowance_paid
        parts.append((paid * bonus.percent_of_allowance / 100, {
            "code": "top_up", "percent": plain(bonus.percent_of_allowance), "allowance": plain(paid),
            "share": plain(share * 100),
        }))  # fmt: skip
    for base, step in parts:
        steps = [*([purse.before] if purse.before and not lines else []), step]
        amount = _rounded(base * share, rules.counting)
        taken = purse.take(amount, steps)
        lines.append(_line(len(lines) + 1, period, steps, about, _Found(taken, rate=whole)))
    return lines


def _refusal(rules: Rules, inputs: Inputs) -> Step | None:
    first, last = inputs.stay
    length = (last - first).days + 1
    has_fixed = bool(rules.counting.bands) and rules.counting.bands[0].amount is not None
    if not inputs.host_applies:
        return {"code": "other_host"}
    if inputs.level not in rules.rates and (rules.rates or not has_fixed):
        return {"code": "no_rate", "level": inputs.level}
    if length < rules.counting.minimum_stay_days:
        return {"code": "too_short", "days": length, "needed": rules.counting.minimum_stay_days}
    return None


def _periods(rules: Rules, inputs: Inputs) -> tuple[Period, ...]:
    is_calendar = rules.counting.basis == "calendar"
    return periods(*inputs.stay, inputs.starts_on, inputs.ends_on, is_calendar=is_calendar)


def _unit(rules: Rules, level: str) -> tuple[Decimal, Decimal]:
    """Return what a whole month gives in yuan, and in how many parts a month is counted."""
    counting = rules.counting
    if counting.bands and counting.bands[0].amount is not None:
        most = counting.bands[-1].amount or NOTHING
        return most, most
    return rules.rates[level], counting.days_a_month or Decimal(1)


def _attended(inputs: Inputs, period: Period) -> tuple[Decimal, list[Attended]]:
    sheets = [
        one for one in inputs.attendance if one.starts_on <= period.ends_on and one.ends_on >= period.starts_on
    ]  # fmt: skip
    return Decimal(sum(one.within(period.starts_on, period.ends_on) for one in sheets)) / 2, sheets


def _parts(counting: Counting, period: Period, days: Decimal, steps: list[Step]) -> Decimal:
    """Return how many parts of a month (see ``_unit``) the days come to, and say why in ``steps``."""
    if counting.method == "by_day":
        a_month = counting.days_a_month or Decimal(1)
        if days > a_month:
            steps.append({"code": "at_most_a_month", "days": plain(a_month)})
        return min(days, a_month)
    if counting.method == "day_bands":
        reached = [band for band in counting.bands if days >= band.from_days]
        if not reached:
            steps.append({"code": "below_bands", "needed": plain(counting.bands[0].from_days)})
            return NOTHING
        band = reached[-1]
        value = {"share": plain(band.value * 100)} if band.amount is None else {"amount": plain(band.value)}
        steps.append({"code": "band", "from": plain(band.from_days), **value})
        return band.value
    return _whole_or_half(counting, period, days, steps)


def _whole_or_half(counting: Counting, period: Period, days: Decimal, steps: list[Step]) -> Decimal:
    full, half = counting.full_from_days, counting.half_from_days
    if (days >= full) if full else (period.is_whole and days > 0):
        steps.append({"code": "whole", "from": plain(full) if full else None})
        return Decimal(1)
    if half and days >= half:
        steps.append({"code": "half", "from": plain(half)})
        return Decimal("0.5")
    needed = half or full
    steps.append({"code": "below", "needed": plain(needed)} if needed else {"code": "not_whole"})
    return NOTHING


def _rate_step(
    counting: Counting, unit: Decimal, parts: Decimal, whole: Decimal, amount: Decimal, exact: Decimal
) -> Step:
    values: Step = {"rate": plain(unit), "amount": plain(amount)}
    if amount != exact:
        values["rounding"] = str(counting.rounding)
    if counting.method == "by_day":
        return {"code": "by_day", "days": plain(parts), "a_month": plain(whole), **values}
    return {"code": "rate", "months": plain(_as_months(parts, whole)), **values}


def _line(order: int, period: Period, steps: list[Step], about: tuple[Any, ...], found: "_Found | None" = None) -> Line:
    of = found or _Found()
    amount = of.amount.quantize(CENT)
    hash_ = _hash(*about, period.starts_on, period.ends_on, period.is_whole, of.days, amount)
    return Line(
        order, period.starts_on, period.ends_on, of.days, of.months, of.rate, amount, tuple(steps), of.sheet, hash_
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    """The figures of a line."""

    amount: Decimal = NOTHING
    days: Decimal = NOTHING
    months: Decimal = NOTHING
    rate: Decimal = NOTHING
    sheet: int | None = None


def _left(most: Decimal | None, used: Decimal) -> Decimal | None:
    return None if most is None else max(NOTHING, most - used)


def _rounded(amount: Decimal, counting: Counting) -> Decimal:
    step = counting.rounding_step
    return (amount / step).quantize(Decimal(1), ROUNDINGS[counting.rounding]) * step


def _as_months(parts: Decimal, whole: Decimal) -> Decimal:
    return (parts / whole).quantize(CENT, ROUND_DOWN)


def plain(number: Decimal) -> str:
    """Return a number as data keeps it: no exponent, no zeros behind."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _hash(*values: Any) -> str:
    text = "|".join(plain(value) if isinstance(value, Decimal) else str(value) for value in values)
    return hashlib.sha256(text.encode()).hexdigest()
