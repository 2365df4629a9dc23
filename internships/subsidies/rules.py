"""Rates and counting rule of a policy: the data of ``Policy.rules`` read once, refused where it makes no sense.

Counties count differently (domain.md §4, Subsidies); whatever they do is data here, never code:

``rates``      yuan a month by level being studied.
``counting``   ``method`` (``CountingMethod``), ``basis`` (``MonthBasis``), ``half_from_days`` and ``full_from_days``
               (days of attendance from which a month counts half or whole), ``bands`` (fixed shares or amounts from so
               many days), ``days_a_month`` (by the day), ``minimum_stay_days``, ``rounding`` to ``rounding_step`` yuan;
               ``transfers`` (whether the days before a transfer count with those after it).
``bonus``      ``amounts`` (yuan by level), ``milestones`` (what is paid when, as shares of the amount) and
               ``percent_of_allowance`` (a top-up of what was paid as allowance).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Self

from internships.subsidies.enums import CountingMethod, MilestoneKind, MonthBasis, Rounding, Transfers
from internships.subsidies.reading import Place, RulesError, allowed
from talent.enums import StudyLevel

__all__ = ["Band", "Bonus", "Counting", "MilestoneShare", "Rules", "RulesError"]

MOST_YUAN = Decimal(100000)
MOST_DAYS = Decimal(31)
HALF_DAY = Decimal("0.5")
CENT = Decimal("0.01")


def _no_amounts() -> Mapping[str, Decimal]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Band:
    """From so many days of attendance: a share (0 to 1) of the rate, or an amount that is the same for all levels."""

    from_days: Decimal
    share: Decimal | None = None
    amount: Decimal | None = None

    @classmethod
    def read(cls, place: Place) -> Self:
        """Read one band; it has a share or an amount."""
        data = place.mapping({"from_days", "share", "amount"})
        if ("share" in data) == ("amount" in data):
            raise place.error("band")
        return cls(
            place.at("from_days").number(least=HALF_DAY, most=MOST_DAYS, step=HALF_DAY),
            place.at("share").optional(least=Decimal(0), most=Decimal(1)),
            place.at("amount").optional(least=Decimal(0), most=MOST_YUAN, step=CENT),
        )

    @property
    def value(self) -> Decimal:
        """What the band gives, in its own unit."""
        return self.share if self.share is not None else self.amount or Decimal(0)


@dataclass(frozen=True, slots=True)
class Counting:
    """How days of attendance become months. ``full_from_days`` empty: a month counts when the stay covers it all."""

    method: CountingMethod = CountingMethod.WHOLE_MONTHS
    basis: MonthBasis = MonthBasis.CALENDAR
    half_from_days: Decimal | None = None
    full_from_days: Decimal | None = None
    bands: tuple[Band, ...] = ()
    days_a_month: Decimal | None = None
    minimum_stay_days: int = 0
    rounding: Rounding = Rounding.HALF_UP
    rounding_step: Decimal = CENT
    transfers: Transfers = Transfers.JOINED

    @classmethod
    def read(cls, place: Place) -> Self:
        """Read the counting rule; numbers that its method does not use are refused, not ignored."""
        place.mapping(set(cls.__slots__))
        days = {"least": HALF_DAY, "most": MOST_DAYS, "step": HALF_DAY}
        read = cls(
            CountingMethod(place.at("method").one_of(CountingMethod.values)),
            MonthBasis(place.at("basis").one_of(MonthBasis.values, MonthBasis.CALENDAR)),
            place.at("half_from_days").optional(**days),
            place.at("full_from_days").optional(**days),
            tuple(Band.read(one) for one in place.at("bands").items()),
            place.at("days_a_month").optional(least=Decimal(1), most=MOST_DAYS, step=CENT),
            int(place.at("minimum_stay_days").optional(most=Decimal(366), step=Decimal(1)) or 0),
            Rounding(place.at("rounding").one_of(Rounding.values, Rounding.HALF_UP)),
            place.at("rounding_step").optional(least=CENT, most=Decimal(1000), step=CENT) or CENT,
            Transfers(place.at("transfers").one_of(Transfers.values, Transfers.JOINED)),
        )
        read._check(place)
        return read

    def _check(self, place: Place) -> None:
        needs, may = _USED_BY[self.method]
        for name in ("half_from_days", "full_from_days", "bands", "days_a_month"):
            value = getattr(self, name)
            if name in needs and not value:
                raise place.at(name).error("missing")
            if value and name not in {*needs, *may}:
                raise place.at(name).error("unused")
        if self.half_from_days and self.full_from_days and self.full_from_days < self.half_from_days:
            raise place.at("full_from_days").error("below_half")
        for low, high in zip(self.bands, self.bands[1:], strict=False):
            if (low.share is None) != (high.share is None):
                raise place.at("bands").error("mixed")
            if high.from_days <= low.from_days or high.value < low.value:
                raise place.at("bands").error("order")
        if self.bands and self.bands[-1].value == 0:
            raise place.at("bands").error("nothing")


@dataclass(frozen=True, slots=True)
class MilestoneShare:
    """The share (0 to 1) of a bonus that is due at a milestone: the contract, or so many months of insurance."""

    kind: MilestoneKind
    months: int
    share: Decimal

    @classmethod
    def read(cls, place: Place) -> Self:
        """Read one milestone: a contract has no months, insurance has some."""
        place.mapping({"kind", "months", "share"})
        kind = MilestoneKind(place.at("kind").one_of(MilestoneKind.values))
        months = int(place.at("months").optional(most=Decimal(120), step=Decimal(1)) or 0)
        if (kind == MilestoneKind.CONTRACT) != (months == 0):
            raise place.at("months").error("milestone")
        return cls(kind, months, place.at("share").number(least=Decimal("0.0001"), most=Decimal(1)))


@dataclass(frozen=True, slots=True)
class Bonus:
    """What is paid once for staying, by milestones whose shares come to the whole."""

    amounts: Mapping[str, Decimal] = field(default_factory=_no_amounts)
    milestones: tuple[MilestoneShare, ...] = (MilestoneShare(MilestoneKind.CONTRACT, 0, Decimal(1)),)
    percent_of_allowance: Decimal = Decimal(0)

    @classmethod
    def read(cls, place: Place) -> Self:
        """Read a bonus: amounts, a top-up, or both."""
        place.mapping({"amounts", "milestones", "percent_of_allowance"})
        amounts = _amounts(place.at("amounts"))
        percent = place.at("percent_of_allowance").optional(most=Decimal(1000)) or Decimal(0)
        if not amounts and not percent:
            raise place.error("nothing")
        shares = tuple(MilestoneShare.read(one) for one in place.at("milestones").items())
        if not shares:
            return cls(amounts, percent_of_allowance=percent)
        if sum(one.share for one in shares) != 1:
            raise place.at("milestones").error("shares")
        if len({(one.kind, one.months) for one in shares}) != len(shares):
            raise place.at("milestones").error("twice")
        return cls(amounts, shares, percent)


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that one version of a policy says about amounts. ``fingerprint`` names its content."""

    rates: Mapping[str, Decimal] = field(default_factory=_no_amounts)
    counting: Counting = field(default_factory=Counting)
    bonus: Bonus | None = None
    fingerprint: str = field(default="", compare=False)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Read ``Policy.rules``. Raises ``RulesError``, which names the place, for whatever it does not understand."""
        place = Place("", data)
        present = place.mapping({"rates", "counting", "bonus"})
        rates = _amounts(place.at("rates"))
        counting = Counting.read(place.at("counting")) if "counting" in present else Counting()
        bonus = Bonus.read(place.at("bonus")) if present.get("bonus") is not None else None
        has_fixed_amounts = bool(counting.bands) and counting.bands[0].amount is not None
        if not rates and not has_fixed_amounts and bonus is None:
            raise place.at("rates").error("missing")
        return cls(rates, counting, bonus, _fingerprint(data))


def _amounts(place: Place) -> Mapping[str, Decimal]:
    data = place.mapping(set(StudyLevel.values)) if place.is_there else {}
    return MappingProxyType({level: place.at(level).number(most=MOST_YUAN, step=CENT) for level in sorted(data)})


def _fingerprint(data: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()


# What each method has to be told, and what it may be told besides.
_USED_BY = {
    CountingMethod.WHOLE_MONTHS: allowed(may={"full_from_days"}),
    CountingMethod.HALF_MONTHS: allowed(needs={"half_from_days"}, may={"full_from_days"}),
    CountingMethod.DAY_BANDS: allowed(needs={"bands"}),
    CountingMethod.BY_DAY: allowed(needs={"days_a_month"}),
}
