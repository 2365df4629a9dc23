"""Files as they come: what is read whatever it looks like, and what is refused in one sentence."""

import io
import struct
import zipfile

import pytest
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile

from tests.spreadsheets.books import HEADER, universities, with_part, xlsx
from wenxi_portal.spreadsheets.reading.limits import FileRefusedError
from wenxi_portal.spreadsheets.reading.table import find_tables
from wenxi_portal.spreadsheets.reading.workbook import opened
from wenxi_portal.spreadsheets.sheets import ORGANISATIONS

NAME = "示例甲大学"


def names_in(content: bytes) -> list[str]:
    """Return the names of the records of a file."""
    with opened(content) as book:
        tables = find_tables(book.tabs, ORGANISATIONS, [])
        return [row.values.get("name", "") for table in tables for row in table.rows(book.book)]


def as_xls(rows, far: tuple[int, int] | None = None) -> bytes:
    book, stream = xlwt.Workbook(), io.BytesIO()
    page = book.add_sheet("名册")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            page.write(number, column, value)
    if far:
        page.write(*far, "x")
    book.save(stream)
    return stream.getvalue()


def as_csv(rows, encoding: str, delimiter: str = ",") -> bytes:
    return "\r\n".join(delimiter.join(str(cell) for cell in row) for row in rows).encode(encoding)


@pytest.mark.parametrize(
    "content",
    [
        xlsx(universities(NAME)),
        as_xls(universities(NAME)),
        as_csv(universities(NAME), "utf-8"),
        as_csv(universities(NAME), "utf-8-sig"),
        as_csv(universities(NAME), "gb18030"),
        as_csv(universities(NAME), "utf-16"),
        as_csv(universities(NAME), "gb18030", "\t"),
    ],
    ids=["xlsx", "xls", "utf-8", "utf-8 with mark", "gb18030", "utf-16", "tabs"],
)
def test_every_kind_of_file_says_the_same(content):
    assert names_in(content) == [NAME]


def test_title_unit_line_blank_rows_and_footers_are_no_records():
    rows = [
        ["高校名册", "", ""], [], ["填报单位：示例单位", "", "2026年3月5日"], [],
        ["序号", "单位 名称*", "类别（必填）"], [1, NAME, "高校"], [], [2, "示例乙大学", "高校"],
        ["序号", "单位名称", "类别"], [3, "合计大学", "高校"], ["合计", "3所", ""], ["填表人：", "", "审核人："],
    ]  # fmt: skip
    assert names_in(xlsx(rows)) == [NAME, "示例乙大学", "合计大学"]


def test_columns_in_another_order_and_unknown_ones():
    rows = [["电话", "城市", "类型", "学校名称"], ["1", "太原市", "高校", NAME]]
    with opened(xlsx(rows)) as book:
        (table,) = find_tables(book.tabs, ORGANISATIONS, [])
        (row,) = table.rows(book.book)
    assert row.values == {"city": "太原市", "kind": "university", "name": NAME}
    assert table.header.unknown == ["电话"]


def test_a_header_of_two_lines_is_one():
    rows = [["名称", "类别", "所在地", ""], ["", "", "省", "市"], [NAME, "高校", "山西省", "太原市"]]
    with opened(xlsx(rows)) as book:
        (table,) = find_tables(book.tabs, ORGANISATIONS, [])
        (row,) = table.rows(book.book)
    assert row.values == {"name": NAME, "kind": "university", "province": "山西省", "city": "太原市"}


def test_two_tabs_of_the_same_sheet_are_both_read_and_others_are_not():
    content = xlsx(universities(NAME), [["说明"], ["请如实填写"]], universities("示例乙大学"))
    assert names_in(content) == [NAME, "示例乙大学"]


def test_our_own_apostrophe_is_taken_off_again():
    assert names_in(xlsx([HEADER, ["'=示例大学", "高校"]])) == ["=示例大学"]


def pdf() -> bytes:
    return b"%PDF-1.7\n" + b"0" * 500


def program() -> bytes:
    return b"MZ" + b"\x90\x00" * 300


def macro_workbook() -> bytes:
    return with_part(xlsx(universities(NAME)), "xl/vbaProject.bin", b"\x00" * 100)


def zip_bomb() -> bytes:
    return with_part(xlsx(universities(NAME)), "xl/media/image1.png", b"\x00" * 50_000_000)


def cells_at_far_corners() -> bytes:
    sheet = b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    return with_part(xlsx(universities(NAME)), "xl/worksheets/sheet1.xml", sheet)


def lying_size() -> bytes:
    content = xlsx(universities(NAME))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    at = content.rindex(b"xl/worksheets/sheet1.xml") - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    return content[: at + 24] + struct.pack("<I", part.file_size - 20) + content[at + 28 :]


def encrypted() -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx(universities(NAME)))).encrypt("geheim-88", out)
    return out.getvalue()


def word_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\r\n", pdf(), program(), macro_workbook(), zip_bomb(), cells_at_far_corners(), lying_size(), encrypted(),
        word_document(), b"PK\x03\x04" + b"x" * 100, xlsx(universities(NAME))[:-300],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, as_xls(universities(NAME), far=(65535, 255)),
        as_csv(universities(NAME), "utf-8") + "\r\n示例,高校".encode() * 200_001,
    ],
    ids=[
        "empty", "blank", "pdf", "exe", "macro", "zip bomb", "far corners", "lying size", "encrypted", "word",
        "torn zip", "cut off", "broken ole", "xls far corner", "csv too long",
    ],
)  # fmt: skip
def test_refused_in_one_sentence(content):
    with pytest.raises(FileRefusedError) as told:
        names_in(content)
    assert str(told.value).strip()
    assert "\n" not in str(told.value)


def test_days_of_1904_are_known_from_the_file():
    with opened(xlsx(universities(NAME), epoch_1904=True)) as book:
        assert book.book.from_1904
    with opened(xlsx(universities(NAME))) as book:
        assert not book.book.from_1904
