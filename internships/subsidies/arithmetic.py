"""What somebody is due: one pure function. No clock, no database, no float; the same inputs give the same lines.

Money is yuan as ``Decimal``. Every line tells its own arithmetic as ``steps`` (codes and values, see
``internships.subsidies.selectors.explaining``) and carries the hash of what it was worked out from.
"""

import hashlib
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from internships.subsidies.figures import NOTHING, Attended, Caps, Computation, Former, Inputs, Line, Step
from internships.subsidies.periods import Period, periods
from internships.subsidies.rules import Counting, Rules

__all__ = ["Attended", "Caps", "Computation", "Former", "Inputs", "Line", "Step", "less_paid", "work_out"]

CENT = Decimal("0.01")
ROUNDINGS = {"half_up": ROUND_HALF_UP, "down": ROUND_FLOOR, "up": ROUND_CEILING}


def work_out(rules: Rules, caps: Caps, inputs: Inputs) -> Computation:
    """Return what is due and why. Never negative; more days never give less; every cap holds."""
    purse = _Purse(caps, inputs)
    if inputs.former and rules.counting.transfers == "apart":
        inputs = replace(inputs, former=None)
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
            *((inputs.former.starts_on, inputs.former.ends_on) if inputs.former else ()),
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
        month = _Month(rules, inputs, period)
        days, sheets = month.days, month.sheets
        steps: list[Step] = [purse.before] if purse.before and not lines else []
        steps += month.steps
        parts = _parts(counting, period, month.together, steps) if sheets else NOTHING
        exact = unit * parts / whole
        amount = _rounded(exact, counting)
        if parts:
            steps.append(_rate_step(counting, unit, parts, whole, amount, exact))
        had = month.had_before()
        # Days that were rounded away took nothing of the cap of months either.
        if less := _rounded(unit * had / whole, counting):
            steps.append({"code": "less_former", "amount": plain(less)})
            parts, amount = max(NOTHING, parts - had), max(NOTHING, amount - less)
        parts, amount = room.take(parts, amount, steps)
        amount = purse.take(amount, steps)
        months = _as_months(parts, whole) if amount else NOTHING
        sheet = sheets[0].sheet if len(sheets) == 1 else None
        about = (rules.fingerprint, inputs.level, *(part for one in sheets for part in (one.sheet, one.version)))
        lines.append(_line(len(lines) + 1, month.own, steps, about, _Found(amount, days, months, unit, sheet)))
    return lines


class _Month:
    """One month of a stay: its days, with those at the hosts before a transfer where the month is shared with them."""

    def __init__(self, rules: Rules, inputs: Inputs, period: Period) -> None:
        self.counting, self.period, self.former = rules.counting, period, inputs.former
        self.is_made_up = _makes_up(rules, inputs)
        days, sheets = _attended(inputs.attendance, period)
        self.before, earlier = _attended(inputs.former.attendance if inputs.former else (), period)
        self.sheets, self.together = [*earlier, *sheets], self.before + days
        first = period.starts_on if self.is_made_up else max(period.starts_on, inputs.starts_on)
        self.days = self.together if self.is_made_up else days
        self.own = Period(first, period.ends_on, period.is_whole)

    @property
    def steps(self) -> list[Step]:
        """What is counted, and from where."""
        steps: list[Step] = [
            {"code": "month", "from": self.own.starts_on.isoformat(), "until": self.own.ends_on.isoformat(),
             "days": plain(self.days), "basis": str(self.counting.basis)}
        ]  # fmt: skip
        if self.before:
            steps.append({"code": "made_up" if self.is_made_up else "with_former", "days": plain(self.before),
                          "total": plain(self.together)})  # fmt: skip
        return steps if self.sheets else [*steps, {"code": "no_sheet"}]

    def had_before(self) -> Decimal:
        """Return how many parts of a month the days before the transfer come to by themselves."""
        if self.former is None or self.is_made_up or not self.before:
            return NOTHING
        alone = Period(self.period.starts_on, min(self.period.ends_on, self.former.ends_on), False)
        return _parts(self.counting, alone, self.before, [])


def _makes_up(rules: Rules, inputs: Inputs) -> bool:
    """Tell whether the days before the transfer were too few by themselves and are paid with those after it."""
    former = inputs.former
    is_first = inputs.starts_on <= inputs.stay[0]
    return former is not None and is_first and former.length < rules.counting.minimum_stay_days


def _bonus(rules: Rules, inputs: Inputs, purse: _Purse) -> list[Line]:
    kind, months = inputs.milestone or ("", 0)
    period = Period(inputs.starts_on, inputs.ends_on, True)
    bonus = rules.bonus
    milestones = bonus.milestones if bonus else ()
    share = next((one.share for one in milestones if (one.kind, one.months) == (kind, months)), None)
    # What was paid as allowance is of no matter where nothing is topped up: it may be paid at any time.
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
    length = (last - first).days + 1 + (inputs.former.length if inputs.former else 0)
    has_fixed = bool(rules.counting.bands) and rules.counting.bands[0].amount is not None
    if not inputs.host_applies:
        return {"code": "other_host"}
    if inputs.level not in rules.rates and (rules.rates or not has_fixed):
        return {"code": "no_rate", "level": inputs.level}
    if length < rules.counting.minimum_stay_days:
        return {"code": "too_short", "days": length, "needed": rules.counting.minimum_stay_days}
    return None


def _periods(rules: Rules, inputs: Inputs) -> tuple[Period, ...]:
    """Return the months that are claimed; the one of a transfer begins with the days at the host before."""
    is_calendar = rules.counting.basis == "calendar"
    (first, last), former = inputs.stay, inputs.former
    if former is None:
        return periods(first, last, inputs.starts_on, inputs.ends_on, is_calendar=is_calendar)
    begins = former.starts_on if inputs.starts_on <= first else inputs.starts_on
    found = periods(former.starts_on, last, begins, inputs.ends_on, is_calendar=is_calendar)
    if _makes_up(rules, inputs):
        return found
    return tuple(period for period in found if period.ends_on >= inputs.starts_on)


def _unit(rules: Rules, level: str) -> tuple[Decimal, Decimal]:
    """Return what a whole month gives in yuan, and in how many parts a month is counted."""
    counting = rules.counting
    if counting.bands and counting.bands[0].amount is not None:
        most = counting.bands[-1].amount or NOTHING
        return most, most
    return rules.rates[level], counting.days_a_month or Decimal(1)


def _attended(attendance: tuple[Attended, ...], period: Period) -> tuple[Decimal, list[Attended]]:
    sheets = [
        one for one in attendance if one.starts_on <= period.ends_on and one.ends_on >= period.starts_on
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
    text = str(number)
    if "E" in text:
        text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _hash(*values: Any) -> str:
    text = "|".join([plain(value) if isinstance(value, Decimal) else str(value) for value in values])
    return hashlib.sha256(text.encode()).hexdigest()
