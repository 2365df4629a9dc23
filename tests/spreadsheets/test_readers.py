"""Cells as offices type them: each is read rightly or refused with what to write instead."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenxi_portal.core.validators import validate_school_code
from wenxi_portal.organisations.enums import OrganisationKind
from wenxi_portal.spreadsheets import readers
from wenxi_portal.spreadsheets.cells import DANGEROUS_STARTS, neutralise
from wenxi_portal.spreadsheets.readers import Book, CellError

BOOK = Book()
anything = st.one_of(
    st.text(max_size=60), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times(),
    st.timedeltas(),
)  # fmt: skip
ALL = [
    readers.text(most=20),
    readers.text(most=20, name=True),
    readers.code(),
    readers.code(validators=[validate_school_code]),
    readers.whole_number(),
    readers.money(),
    readers.day(),
    readers.day(partial=True),
    readers.choice(OrganisationKind),
    readers.yes_no,
    readers.several,
]


@pytest.mark.parametrize("reader", ALL)
@given(cell=anything)
def test_a_reader_reads_or_refuses_and_never_breaks(reader, cell):
    try:
        value = reader(cell, BOOK)
    except CellError as problem:
        told = str(problem)
    else:
        told = "taken"
        assert isinstance(value, (str, int, bool, list))
        assert "\x00" not in str(value)
    assert told
    assert not (isinstance(cell, str) and len(cell) > 6 and cell in told)


@given(st.dates(min_value=date(1900, 3, 1), max_value=date(2100, 12, 31)), st.sampled_from([
    "{0.year}-{0.month}-{0.day}", "{0.year}.{0.month}.{0.day}", "{0.year}/{0.month:02}/{0.day:02}",
    "{0.year}年{0.month}月{0.day}日", " {0.year} 年 {0.month} 月 {0.day} 日 ", "{0.year}{0.month:02}{0.day:02}",
    "{0.year}-{0.month:02}-{0.day:02} 00:00:00",
]))  # fmt: skip
def test_every_way_to_write_a_day_is_the_same_day(day, form):
    assert readers.day()(form.format(day), BOOK) == day.isoformat()


@given(st.dates(min_value=date(1905, 1, 1), max_value=date(2100, 12, 31)))
def test_excel_day_numbers_of_both_epochs(day):
    number = float((day - date(1899, 12, 30)).days)
    if not 1900 <= number <= 2100:
        assert readers.day()(number, BOOK) == day.isoformat()
    number = float((day - date(1904, 1, 1)).days)
    if number >= 366 and not 1900 <= number <= 2100:
        assert readers.day()(number, Book(from_1904=True)) == day.isoformat()


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_a_real_day_cell_is_that_day(day):
    assert readers.day()(day, BOOK) == day.isoformat()
    assert readers.day()(datetime(day.year, day.month, day.day), BOOK) == day.isoformat()  # noqa: DTZ001


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("2021", "2021"), ("2021年", "2021"), (2021, "2021"), (2021.0, "2021"), ("２０２１．９", "2021-09"),
        ("2021.9", "2021-09"), (2021.9, "2021-09"), (2021.12, "2021-12"), ("2021年9月", "2021-09"), ("2021-09", "2021-09"),
        ("2021.10", "2021-10"), ("2021.9.1", "2021-09-01"),
    ],
)  # fmt: skip
def test_partial_days_keep_their_precision(cell, read):
    assert readers.day(partial=True)(cell, BOOK) == read


@pytest.mark.parametrize(
    "cell", [2021.1, "2021-13-01", "2021-02-30", "昨天", "1234-01-01", 3.5, True, timedelta(1), -1.0]
)
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(CellError):
        readers.day(partial=True)(cell, BOOK)


def test_a_whole_day_is_asked_for_where_it_is_needed():
    with pytest.raises(CellError):
        readers.day()("2021.9", BOOK)


@pytest.mark.parametrize("cell", [1.40823199901015e17, 140823199901011000, "1.40823E+17", "140823199901011000", 1e16])
def test_numbers_that_excel_has_cut_are_told_from_good_ones(cell):
    def only_true_checks(value):
        from django.core.exceptions import ValidationError

        if not value.endswith("X"):
            raise ValidationError("no")

    with pytest.raises(CellError) as told:
        readers.code(validators=[only_true_checks])(cell, BOOK)
    assert "15" in str(told.value)


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_codes_that_came_as_numbers_keep_every_digit(number):
    assert readers.code()(float(number), BOOK) == str(number)


@pytest.mark.parametrize(
    ("cell", "read"),
    [("４１１４０１０００１", "4114010001"), (4114010001.0, "4114010001"), (" 41 1401 0001 ", "4114010001")],
)
def test_codes_in_full_width_or_with_blanks(cell, read):
    assert readers.code(validators=[validate_school_code])(cell, BOOK) == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [("王　小 明", "王小明"), (" 阿依•古丽 ", "阿依·古丽"), ("John  Smith", "John Smith"), ("欧阳\n娜娜", "欧阳娜娜")],
)
def test_blanks_in_names(cell, read):
    assert readers.text(most=20, name=True)(cell, BOOK) == read


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=50))
def test_what_we_write_is_read_back_and_never_a_formula(text):
    written = neutralise(text)
    assert not written.lstrip().startswith(DANGEROUS_STARTS)
    assert readers.plain(written) == readers.plain(text) or text.lstrip().startswith("'")


@given(st.lists(st.text(alphabet="示例大学甲乙丙", min_size=1, max_size=6), max_size=6, unique=True))
def test_several_names_come_apart(names):
    assert readers.several("、".join(names), BOOK) == names


@pytest.mark.parametrize(("cell", "read"), [("￥1,500.00", "1500.00"), (1500, "1500.00"), ("１５００元", "1500.00")])
def test_money(cell, read):
    assert readers.money()(cell, BOOK) == read


def test_choices_by_words_of_both_languages():
    reader = readers.choice(OrganisationKind, 大学=OrganisationKind.UNIVERSITY)
    assert {reader(cell, BOOK) for cell in ("高校", "University", "university", "大 学")} == {"university"}
