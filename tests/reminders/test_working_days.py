"""Working days, and the notice that a year's calendar is read from."""

from datetime import date

import pytest

from wenxi_portal.core.errors import DomainError
from wenxi_portal.reminders.models import Holiday
from wenxi_portal.reminders.services.holidays import import_notice
from wenxi_portal.reminders.services.notice import read
from wenxi_portal.reminders.working_days import (
    add_working_days,
    calendar,
    is_working_day,
    working_days_between,
)

NOTICE_2026 = """
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
"""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 13), True),
        (date(2026, 2, 14), True),  # a Saturday worked in exchange
        (date(2026, 2, 15), False),
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2025, 10, 8), False),
        (date(2025, 10, 11), True),
        (date(2026, 3, 7), False),
    ],
)
def test_the_seeded_years(day, works):
    assert is_working_day(day) is works


@pytest.mark.django_db
def test_counting_over_the_spring_festival():
    assert add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 14)
    assert add_working_days(date(2026, 2, 13), 2) == date(2026, 2, 24)
    assert add_working_days(date(2026, 2, 24), -2) == date(2026, 2, 13)
    assert add_working_days(date(2026, 2, 15), 0) == date(2026, 2, 15)
    assert working_days_between(date(2026, 2, 13), date(2026, 2, 24)) == 2
    assert working_days_between(date(2026, 2, 24), date(2026, 2, 13)) == -2


@pytest.mark.django_db
def test_an_unknown_year_counts_weekends_and_says_so():
    days = calendar()
    assert days.is_known(2026)
    assert not days.is_known(2031)
    assert days.is_working_day(date(2031, 10, 1))
    assert days.unknown_years([date(2026, 1, 1), date(2031, 1, 1)]) == [2031]


@pytest.mark.django_db
def test_the_notice_says_what_is_seeded():
    told = [(each.day, each.is_working) for each in read(NOTICE_2026, 2026)]
    assert told == list(Holiday.objects.filter(day__year=2026).order_by("day").values_list("day", "is_working"))


@pytest.mark.django_db
def test_importing_replaces_the_year_and_leaves_the_others():
    Holiday.objects.create(day=date(2026, 12, 25), name="误录")
    before = Holiday.objects.filter(day__year=2025).count()
    for _again in range(2):
        import_notice(actor=None, year=2026, text=NOTICE_2026, source="国办发明电")
    assert Holiday.objects.filter(day__year=2026).count() == 39
    assert Holiday.objects.filter(day__year=2025).count() == before


def test_csv_is_read_too():
    days = read("日期,类型,名称\n2027-01-01,off,元旦\n2027-01-03,work,元旦\n2027-01-02,休,元旦", 2027)
    assert [(each.day.day, each.is_working) for each in days] == [(1, False), (2, False), (3, True)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("没有日期", "empty"),
        ("2027-01-01,off,元旦\n2027-02-30,off,x", "line"),
        ("2027-01-01,perhaps,元旦\n2027-01-02,off,元旦", "line"),
        ("2027-01-01,off,元旦\n2027-01-01,work,元旦", "twice"),
        ("2027-01-01,off,元旦\n2029-01-01,off,元旦", "year"),
        ("一、元旦：13月1日放假。", "day"),
        ("一、元旦：5月1日至1月3日放假。", "range"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place(text, code):
    with pytest.raises(DomainError) as caught:
        read(text, 2027)
    assert caught.value.code == code


def test_a_holiday_over_new_year_names_the_years():
    days = read("一、元旦：2026年12月31日（周四）至2027年1月2日（周六）放假调休，共3天。", 2027)
    assert [each.day for each in days] == [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)]
