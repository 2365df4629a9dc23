"""Arithmetic of days: gaps in insurance, days of a month, sums of attendance, ages."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from internships.enums import HALF_DAYS, DayMark
from internships.selectors.attendance import days_of, first_of, half_days, month_end, months_between, usual_marks
from internships.selectors.coverage import age_on, uncovered
from wenxi_portal.reminders.working_days import Calendar

EPOCH = date(2024, 1, 1)
days = st.integers(min_value=0, max_value=120).map(lambda number: EPOCH + timedelta(days=number))
periods = st.tuples(days, days)
ONE = timedelta(days=1)


def each(first: date, last: date) -> set[date]:
    return {first + timedelta(days=number) for number in range((last - first).days + 1)}


@given(stay=st.tuples(days, days).map(sorted), covers=st.lists(periods, max_size=6))
def test_gaps_are_exactly_the_days_that_nothing_covers(stay, covers):
    first, last = stay
    gaps = uncovered(first, last, covers)
    expected = each(first, last) - set().union(*(each(*cover) for cover in covers))
    assert set().union(*(each(*gap) for gap in gaps)) == expected
    assert gaps == sorted(gaps)
    assert all(later[0] > earlier[1] + ONE for earlier, later in itertools.pairwise(gaps))


@given(stay=st.tuples(days, days).map(sorted), pauses=st.lists(periods, max_size=3))
def test_the_months_of_a_stay_hold_each_day_once(stay, pauses):
    first, last = stay
    found = [day for month in months_between(first, last) for day in days_of(first, last, pauses, month)]
    assert len(found) == len(set(found))
    assert set(found) == each(first, last) - set().union(*(each(*pause) for pause in pauses))


@given(marks=st.dictionaries(st.integers(1, 31).map(str), st.sampled_from(DayMark.values)))
def test_attendance_is_the_sum_of_its_days(marks):
    total = half_days(marks)
    assert total == sum(HALF_DAYS[DayMark(mark)] for mark in marks.values())
    assert 0 <= total <= 2 * len(marks)
    full = dict.fromkeys(marks, DayMark.PRESENT.value)
    assert half_days(full) == 2 * len(marks) >= total


def test_leap_years():
    assert month_end(date(2028, 2, 1)) == date(2028, 2, 29)
    assert month_end(date(2100, 2, 1)) == date(2100, 2, 28)
    assert first_of(date(2028, 2, 29)) == date(2028, 2, 1)
    assert uncovered(date(2028, 2, 28), date(2028, 3, 1), [(date(2028, 2, 28), date(2028, 2, 28))]) == [
        (date(2028, 2, 29), date(2028, 3, 1))
    ]


def test_who_was_born_on_29_february_is_of_age_on_1_march():
    born = date(2008, 2, 29)
    assert age_on(born, date(2026, 2, 28)) == 17
    assert age_on(born, date(2026, 3, 1)) == 18
    assert age_on(born, date(2028, 2, 29)) == 20


def test_days_usually_are_what_the_calendar_says():
    holiday, sunday = date(2026, 10, 1), date(2026, 10, 11)
    known = Calendar({holiday: False, sunday: True}, frozenset({2026}))
    marks = usual_marks([holiday, date(2026, 10, 9), date(2026, 10, 10), sunday], known)
    assert marks == {"1": "rest", "9": "present", "10": "rest", "11": "present"}
