"""The arithmetic of claims: the article's figures, the rules of other counties as data, and what always holds."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from internships.subsidies.arithmetic import Attended, Caps, Computation, Former, Inputs, work_out
from internships.subsidies.periods import add_months, months_from
from internships.subsidies.rules import Rules, RulesError
from internships.subsidies.selectors.explaining import sentences, words_of

PUBLISHED = Rules.from_data(
    {
        "rates": {"bachelor": "1000", "master": "1500"},
        "counting": {"method": "whole_months", "basis": "stay"},
        "bonus": {"amounts": {"bachelor": "2400", "master": "3600"}},
    }
)
NO_CAPS = Caps()


def rules(counting: dict[str, Any], **more: Any) -> Rules:
    return Rules.from_data({"rates": {"bachelor": "1000", "master": "1500"}, "counting": counting, **more})


def stay(first: date, last: date, a_month: int | None = None, *, level: str = "bachelor", **more: Any) -> Inputs:
    """A stay attended every day, or ``a_month`` days of each calendar month."""
    sheets = []
    for begins, ends in months_from(first, last, is_calendar=True):
        days = [max(begins, first) + timedelta(days=n) for n in range((min(ends, last) - max(begins, first)).days + 1)]
        halves = {day.day: 2 for day in days[:a_month]}
        sheets.append(Attended(days[0], days[-1], sum(halves.values()), halves, sheet=len(sheets) + 1))
    return Inputs(level, first, last, tuple(sheets), **more)


def test_the_article_is_counted_as_it_was_paid() -> None:
    jianlong = [work_out(PUBLISHED, NO_CAPS, stay(date(2021, 7, 5), date(2021, 9, 4))) for _ in range(71)]
    assert sum(one.amount for one in jianlong) == 142000
    assert {one.months for one in jianlong} == {2}
    trainees = [work_out(PUBLISHED, NO_CAPS, stay(date(2021, 9, 1), date(2021, 10, 31))) for _ in range(8)]
    trainees += [work_out(PUBLISHED, NO_CAPS, stay(date(2021, 9, 1), date(2021, 9, 30))) for _ in range(2)]
    assert (sum(one.months for one in trainees), sum(one.amount for one in trainees)) == (18, 18000)


@pytest.mark.parametrize(("level", "amount"), [("bachelor", 2400), ("master", 3600), ("junior_college", 0)])
def test_the_bonus_is_for_the_configured_employer_only(level: str, amount: int) -> None:
    hired = Inputs(level, date(2021, 9, 1), date(2021, 9, 1), milestone=("contract", 0))
    assert work_out(PUBLISHED, NO_CAPS, hired).amount == amount
    elsewhere = Inputs(level, hired.starts_on, hired.ends_on, milestone=("contract", 0), host_applies=False)
    found = work_out(PUBLISHED, NO_CAPS, elsewhere)
    assert (found.amount, found.lines[0].steps[0]["code"]) == (0, "other_host")


MARCH = (date(2026, 3, 1), date(2026, 3, 31))
HALF = {"method": "half_months", "half_from_days": "15"}
SHARES = [{"from_days": "5", "share": "0.3"}, {"from_days": "15", "share": "1"}]
AMOUNTS = [{"from_days": "10", "amount": "400"}, {"from_days": "20", "amount": "900"}]


@pytest.mark.parametrize(
    ("counting", "days", "amount"),
    [
        ({"method": "whole_months"}, 3, 1000),
        ({"method": "whole_months"}, 0, 0),
        ({"method": "whole_months", "full_from_days": "20"}, 19, 0),
        ({"method": "whole_months", "full_from_days": "20"}, 20, 1000),
        (HALF | {"full_from_days": "23"}, 22, 500),
        (HALF | {"full_from_days": "23"}, 23, 1000),
        (HALF | {"full_from_days": "23"}, 14, 0),
        ({"method": "day_bands", "bands": SHARES}, 4, 0),
        ({"method": "day_bands", "bands": SHARES}, 14, 300),
        ({"method": "day_bands", "bands": AMOUNTS}, 19, 400),
        ({"method": "day_bands", "bands": AMOUNTS}, 20, 900),
        ({"method": "by_day", "days_a_month": "22"}, 7, Decimal("318.18")),
        ({"method": "by_day", "days_a_month": "22", "rounding_step": "1", "rounding": "up"}, 7, 319),
        ({"method": "by_day", "days_a_month": "22", "rounding_step": "10", "rounding": "down"}, 7, 310),
        ({"method": "by_day", "days_a_month": "22"}, 31, 1000),
        ({"method": "whole_months", "minimum_stay_days": "30"}, 20, 1000),
        ({"method": "whole_months", "minimum_stay_days": "32"}, 20, 0),
    ],
)
def test_counting_rules_of_counties_are_data(counting: dict[str, Any], days: int, amount: Decimal) -> None:
    assert work_out(rules(counting), NO_CAPS, stay(*MARCH, days)).amount == amount


def test_months_of_the_stay_take_their_days_from_two_sheets() -> None:
    counting = {"method": "half_months", "basis": "stay", "half_from_days": "10", "full_from_days": "20"}
    inputs = stay(date(2026, 1, 31), date(2026, 3, 9))
    found = work_out(rules(counting), NO_CAPS, inputs)
    assert [(line.starts_on, line.ends_on, line.days, line.amount) for line in found.lines] == [
        (date(2026, 1, 31), date(2026, 2, 27), 28, 1000),
        (date(2026, 2, 28), date(2026, 3, 9), 10, 500),
    ]
    assert [line.sheet for line in found.lines] == [None, None]


def test_a_month_without_a_sheet_pays_nothing_and_says_so() -> None:
    found = work_out(PUBLISHED, NO_CAPS, Inputs("bachelor", *MARCH))
    assert found.amount == 0
    assert words_of(found.lines[0].steps[1])


def test_caps_cut_the_line_at_which_they_are_reached() -> None:
    half_year = stay(date(2026, 1, 1), date(2026, 6, 30), used_months=Decimal(1), used_amount=Decimal(1000))
    cut = work_out(rules({"method": "whole_months"}), Caps(most_months=Decimal("3.5")), half_year)
    assert [line.amount for line in cut.lines] == [1000, 1000, 500, 0, 0, 0]
    assert (cut.months, cut.lines[0].steps[0]) == (
        Decimal("2.5"), {"code": "before", "months": "1", "amount": "1000", "base_left": None},
    )  # fmt: skip
    assert work_out(PUBLISHED, Caps(most_a_person=Decimal(3300)), half_year).amount == 2300
    poor = stay(date(2026, 1, 1), date(2026, 6, 30), base_left=Decimal(750))
    assert [line.amount for line in work_out(PUBLISHED, NO_CAPS, poor).lines][:2] == [750, 0]


def test_a_bonus_is_paid_by_milestones_and_tops_the_allowance_up() -> None:
    thirds = [
        {"kind": "contract", "months": 0, "share": "0.3"},
        {"kind": "months", "months": 6, "share": "0.3"},
        {"kind": "months", "months": 12, "share": "0.4"},
    ]
    bonus = {"amounts": {"bachelor": "2400"}, "milestones": thirds, "percent_of_allowance": "50"}
    read = rules({"method": "whole_months"}, bonus=bonus)
    due = [
        work_out(read, NO_CAPS, Inputs("bachelor", *MARCH, allowance_paid=Decimal(2000), milestone=milestone))
        for milestone in (("contract", 0), ("months", 6), ("months", 12), ("months", 24))
    ]
    assert [one.amount for one in due] == [1020, 1020, 1360, 0]
    assert [line.amount for line in due[2].lines] == [960, 400]
    # An allowance that is paid while the bonus is under way changes it only where it is topped up.
    for percent, changes in (("50", True), ("0", False)):
        read = rules({"method": "whole_months"}, bonus=bonus | {"percent_of_allowance": percent})
        seen = {
            work_out(
                read, NO_CAPS, Inputs("bachelor", *MARCH, allowance_paid=Decimal(paid), milestone=("contract", 0))
            ).inputs_hash
            for paid in (0, 2000)
        }
        assert (len(seen) > 1) is changes


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({}, "rates"),
        ({"rates": {"nobody": "1"}}, "rates"),
        ({"rates": {"bachelor": "-1"}}, "rates.bachelor"),
        ({"rates": {"bachelor": "NaN"}}, "rates.bachelor"),
        ({"rates": {"bachelor": 1000.5}}, "rates.bachelor"),
        ({"rates": {"bachelor": "999999999"}}, "rates.bachelor"),
        ({"rates": {"bachelor": "1"}, "caps": 1}, ""),
        ({"rates": {"bachelor": "1"}, "counting": {"method": "guessing"}}, "counting.method"),
        ({"rates": {"bachelor": "1"}, "counting": {"method": "half_months"}}, "counting.half_from_days"),
        ({"rates": {"bachelor": "1"}, "counting": HALF | {"full_from_days": "10"}}, "counting.full_from_days"),
        ({"rates": {"bachelor": "1"}, "counting": HALF | {"days_a_month": "22"}}, "counting.days_a_month"),
        ({"rates": {"bachelor": "1"}, "counting": HALF | {"half_from_days": "0.3"}}, "counting.half_from_days"),
        ({"rates": {"bachelor": "1"}, "counting": {"method": "by_day"}}, "counting.days_a_month"),
        ({"rates": {"bachelor": "1"}, "counting": {"method": "day_bands", "bands": []}}, "counting.bands"),
        ({"rates": {"bachelor": "1"}, "counting": {"method": "day_bands", "bands": "x"}}, "counting.bands"),
        ({"counting": {"method": "day_bands", "bands": AMOUNTS[::-1]}}, "counting.bands"),
        ({"rates": {"bachelor": "1"}, "counting": {"method": "day_bands", "bands": [SHARES[0], AMOUNTS[1]]}},
         "counting.bands"),
        ({"rates": {"bachelor": "1"}, "counting": {"method": "day_bands", "bands": [{"from_days": "1"}]}},
         "counting.bands.0"),
        ({"bonus": {}}, "bonus"),
        ({"bonus": {"amounts": {"bachelor": "1"}, "milestones": [{"kind": "contract", "share": "0.5"}]}},
         "bonus.milestones"),
        ({"bonus": {"amounts": {"bachelor": "1"}, "milestones": [{"kind": "months", "share": "1"}]}},
         "bonus.milestones.0.months"),
    ],
)  # fmt: skip
def test_rules_that_make_no_sense_are_refused_at_their_place(data: dict[str, Any], place: str) -> None:
    with pytest.raises(RulesError) as refused:
        Rules.from_data(data)
    assert refused.value.field == place
    assert refused.value.code.startswith("rules_")


# What always holds, whatever the rule, the caps and the days.

DAYS = st.integers(1, 31).map(str)
ROUNDINGS = st.fixed_dictionaries(
    {"rounding": st.sampled_from(["half_up", "down", "up"]), "rounding_step": st.sampled_from(["0.01", "1", "100"])}
)
BASES = st.fixed_dictionaries({"basis": st.sampled_from(["calendar", "stay"])})


def _bands(name: str, most: int) -> st.SearchStrategy[dict[str, Any]]:
    pairs = st.lists(st.tuples(st.integers(1, 31), st.integers(1, most)), min_size=1, max_size=4)
    return pairs.map(
        lambda found: {
            "method": "day_bands",
            "bands": [
                {"from_days": str(day), name: str(Decimal(value) / (100 if name == "share" else 1))}
                for day, value in zip(sorted({d for d, _ in found}), sorted(v for _, v in found), strict=False)
            ],
        }
    )


METHODS = st.one_of(
    st.fixed_dictionaries({"method": st.just("whole_months")}, optional={"full_from_days": DAYS}),
    st.fixed_dictionaries({"method": st.just("half_months"), "half_from_days": DAYS}),
    _bands("share", 100),
    _bands("amount", 3000),
    st.fixed_dictionaries({"method": st.just("by_day"), "days_a_month": st.sampled_from(["21.75", "22", "30"])}),
)
COUNTINGS = st.tuples(METHODS, BASES, ROUNDINGS).map(lambda parts: parts[0] | parts[1] | parts[2])
MONEY = st.integers(0, 10_000_00).map(lambda cents: Decimal(cents) / 100)
CAPS = st.builds(
    Caps,
    most_months=st.none() | st.integers(1, 24).map(lambda halves: Decimal(halves) / 2),
    most_a_person=st.none() | MONEY.filter(bool),
)


@st.composite
def stays(draw: st.DrawFn) -> Inputs:
    first = date(2025, 1, 1) + timedelta(days=draw(st.integers(0, 400)))
    last = first + timedelta(days=draw(st.integers(0, 200)))
    return stay(
        first, last, draw(st.integers(0, 31)),
        used_months=draw(st.sampled_from([Decimal(0), Decimal("1.5"), Decimal(40)])),
        used_amount=draw(MONEY), base_left=draw(st.none() | MONEY),
    )  # fmt: skip


def _more(inputs: Inputs, place: int) -> Inputs:
    """The same stay with one more half day, if a day has room for it."""
    sheets = list(inputs.attendance)
    sheet = sheets[place % len(sheets)]
    for day in range(sheet.starts_on.day, sheet.ends_on.day + 1):
        halves = sheet.days.get(day, 0)
        if halves < 2:
            days = {**sheet.days, day: halves + 1}
            sheets[place % len(sheets)] = Attended(
                sheet.starts_on, sheet.ends_on, sheet.half_days + 1, days, sheet.sheet
            )
            break
    return Inputs(
        inputs.level, inputs.starts_on, inputs.ends_on, tuple(sheets), inputs.used_months, inputs.used_amount,
        inputs.base_left,
    )  # fmt: skip


def _caps_hold(found: Computation, caps: Caps, inputs: Inputs) -> bool:
    limits = [
        (caps.most_months, found.months + inputs.used_months, inputs.used_months),
        (caps.most_a_person, found.amount + inputs.used_amount, inputs.used_amount),
        (inputs.base_left, found.amount, Decimal(0)),
    ]
    return all(most is None or total <= max(most, before) for most, total, before in limits)


@settings(max_examples=200, deadline=None)
@given(COUNTINGS, CAPS, stays(), st.integers(0, 10))
def test_what_always_holds(counting: dict[str, Any], caps: Caps, inputs: Inputs, place: int) -> None:
    read = rules(counting)
    found = work_out(read, caps, inputs)
    assert all(line.amount >= 0 and 0 <= line.months <= 1 for line in found.lines)
    assert found.amount == sum(line.amount for line in found.lines)
    assert found.months == sum(line.months for line in found.lines)
    assert _caps_hold(found, caps, inputs)
    assert work_out(rules(dict(counting)), caps, inputs) == found
    more = work_out(read, caps, _more(inputs, place))
    assert more.amount >= found.amount
    with translation.override("en"):
        assert all(all(sentences(line.steps)) for line in found.lines)


@settings(max_examples=100, deadline=None)
@given(stays(), st.integers(1, 31), BASES)
def test_whole_months_never_give_more_than_half_months_or_the_full_rate(
    inputs: Inputs, full: int, basis: dict[str, str]
) -> None:
    whole = work_out(rules({"method": "whole_months", "full_from_days": str(full), **basis}), NO_CAPS, inputs)
    half = work_out(
        rules({"method": "half_months", "full_from_days": str(full), "half_from_days": "1", **basis}), NO_CAPS, inputs
    )
    ceiling = inputs.base_left if inputs.base_left is not None else 1000 * len(whole.lines)
    assert whole.amount <= half.amount <= min(1000 * len(whole.lines), ceiling)


@settings(max_examples=60, deadline=None)
@given(stays(), st.integers(0, 60))
def test_a_changed_input_changes_the_fingerprint(inputs: Inputs, place: int) -> None:
    read = rules({"method": "by_day", "days_a_month": "22"})
    more = _more(inputs, place)
    is_same = more.attendance == inputs.attendance
    assert (work_out(read, NO_CAPS, more).inputs_hash == work_out(read, NO_CAPS, inputs).inputs_hash) is is_same


def _days_of(inputs: Inputs, first: date, last: date) -> tuple[Attended, ...]:
    """The attendance from ``first`` to ``last``, as the hosts of these days confirm it."""
    cut = []
    for one in inputs.attendance:
        begins, ends = max(first, one.starts_on), min(last, one.ends_on)
        if begins <= ends:
            days = {day: halves for day, halves in one.days.items() if begins.day <= day <= ends.day}
            cut.append(Attended(begins, ends, sum(days.values()), days, sheet=one.sheet))
    return tuple(cut)


@settings(max_examples=200, deadline=None)
@given(COUNTINGS, stays(), st.integers(0, 200), st.sampled_from([0, 20, 60]))
def test_whoever_is_transferred_has_what_one_stay_would_give(
    counting: dict[str, Any], inputs: Inputs, place: int, minimum: int
) -> None:
    whole = Inputs(inputs.level, inputs.starts_on, inputs.ends_on, inputs.attendance)
    length = (whole.ends_on - whole.starts_on).days
    last = whole.starts_on + timedelta(days=place % length if length else 0)
    first = last + timedelta(days=1)
    read = rules(counting | {"minimum_stay_days": minimum})
    before = Inputs(whole.level, whole.starts_on, last, _days_of(whole, whole.starts_on, last))
    if not length:
        return
    after = Inputs(
        whole.level, first, whole.ends_on, _days_of(whole, first, whole.ends_on),
        former=Former(before.starts_on, before.ends_on, before.attendance),
    )  # fmt: skip
    one, two, both = (work_out(read, NO_CAPS, each) for each in (before, after, whole))
    assert one.amount + two.amount == both.amount
    # What is rounded away at either host takes nothing of the cap of months.
    assert one.months + two.months <= both.months + Decimal("0.02")
    with translation.override("en"):
        assert all(all(sentences(line.steps)) for line in two.lines)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 500))
def test_months_go_on_and_never_leave_a_gap(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    for is_calendar in (True, False):
        found = list(months_from(first, last, is_calendar=is_calendar))
        assert found[0][0] <= first
        assert found[-1][1] >= last
        assert all(later[0] == earlier[1] + timedelta(days=1) for earlier, later in pairwise(found))
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
