"""Office sheets: nothing runs, codes stay text, money adds up, memory does not grow."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import openpyxl
import pytest

from wenxi_portal.spreadsheets.cells import LONGEST_CELL, neutralise
from wenxi_portal.spreadsheets.office import office_workbook
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet

SHEET = Sheet(
    title="示例:台账/甲",
    columns=(
        Column("名称", lambda row: row.name),
        Column("证号", lambda row: row.code, kind=ColumnKind.CODE),
        Column("日期", lambda row: row.day, kind=ColumnKind.DATE),
        Column("份数", lambda row: row.count, kind=ColumnKind.NUMBER, total=True),
        Column("金额", lambda row: row.money, kind=ColumnKind.MONEY, total=True),
    ),
)


def row(**values):
    """One record; what is not named is empty."""
    return SimpleNamespace(**{"name": "示例", "code": "", "day": None, "count": None, "money": None} | values)


def written(*rows):
    """Return the sheet as a reader sees it."""
    stream, count = office_workbook(SHEET, rows, unit="=示例单位", day=date(2026, 3, 5))
    with stream:
        return openpyxl.load_workbook(stream).active, count


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+86 1", "'+86 1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("\t=1", "'\t=1"),
        ("\x00\x07示例", "示例"),
        ("3-5月", "3-5月"),
        ("", ""),
    ],
)
def test_no_text_is_a_formula(text, safe):
    assert neutralise(text) == safe


def test_a_text_longer_than_a_cell_is_cut():
    assert len(neutralise("长" * 40_000)) == LONGEST_CELL


def test_codes_dates_and_money_keep_their_kind():
    page, _count = written(row(code="140823199901010011", day=date(2021, 9, 1), count=2, money=Decimal("1500.50")))
    cells = page[4]
    assert [cells[0].value, cells[2].value, cells[4].value, cells[5].value] == [1, "140823199901010011", 2, 1500.5]
    assert cells[2].data_type == "s"
    assert cells[3].value.date() == date(2021, 9, 1)


def test_numbers_add_up_in_the_last_row():
    page, count = written(row(count=1, money=Decimal("0.10")), row(count=2, money=Decimal("0.20")), row())
    assert count == 3
    assert [page[7][at].value for at in (0, 4, 5)] == ["合计", 3, 0.3]


def test_a_sheet_without_rows_has_its_frame():
    page, count = written()
    assert count == 0
    assert [page["A1"].value, page["A4"].value, page["A5"].value] == ["示例:台账/甲", "合计", "填表人："]
    assert page["A2"].value == "填报单位：'=示例单位"
    assert page.title == "示例台账甲"


def test_rows_are_taken_one_at_a_time():
    """A generator is never turned into a list: each row is written before the next is asked for."""
    alive = []

    def rows():
        for number in range(300):
            alive.append(number)
            yield row(name=str(number))

    stream, count = office_workbook(SHEET, rows(), unit="示例", day=date(2026, 3, 5))
    stream.close()
    assert count == len(alive) == 300
