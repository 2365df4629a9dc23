"""The guard before publishing: disguises in texts, sheets and documents, and harmless texts that must pass."""

from io import BytesIO
from zipfile import ZipFile

import pytest
import xlsxwriter
from docx import Document
from stdnum.iso7064 import mod_11_2

from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.publishing_guard import guard_document, guard_text, guard_texts, kind_in

# Made up: the region does not exist, the check digit is worked out here.
BODY = "99000019900101001"
ID = BODY + mod_11_2.calc_check_digit(BODY)
OLD_ID = "990000900101001"
MOBILE = "13800138000"
CARD = "6222000000000000"


def by(table, text):
    return text.translate(str.maketrans("0123456789", table))


FULL_WIDTH, CIRCLED, ARABIC_INDIC = "０１２３４５６７８９", "⓪①②③④⑤⑥⑦⑧⑨", "٠١٢٣٤٥٦٧٨٩"
CHINESE, ROUND_ZERO, CHEQUE = "零一二三四五六七八九", "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
BLACK_CIRCLED, SUPERSCRIPT, MATHEMATICAL = "⓿❶❷❸❹❺❻❼❽❾", "⁰¹²³⁴⁵⁶⁷⁸⁹", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"
PERSIAN, DEVANAGARI = "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९"
KEYCAPS = dict(zip("0123456789", (f"{digit}\ufe0f\u20e3" for digit in "0123456789"), strict=True))

DISGUISES = {
    "plain mobile": (MOBILE, "mobile"),
    "plain id": (ID, "id"),
    "plain card": (CARD, "card"),
    "entities": ("".join(f"&#{ord(digit)};" for digit in MOBILE), "mobile"),
    "turned round by a mark": (f"\u202e{MOBILE[::-1]}\u202c", "mobile"),
    "plain old id": (OLD_ID, "id"),
    "86": (f"86{MOBILE}", "mobile"),
    "+86": (f"+86 {MOBILE}", "mobile"),
    "0086": (f"0086-{MOBILE}", "mobile"),
    "(86)": (f"(86){MOBILE}", "mobile"),
    "full-width": (by(FULL_WIDTH, MOBILE), "mobile"),
    "full-width id": (by(FULL_WIDTH, ID).replace("X", "Ｘ"), "id"),
    "circled": (by(CIRCLED, MOBILE), "mobile"),
    "circled card": (by(CIRCLED, CARD), "card"),
    "black circled": (by(BLACK_CIRCLED, MOBILE), "mobile"),
    "arabic-indic": (by(ARABIC_INDIC, ID), "id"),
    "persian": (by(PERSIAN, MOBILE), "mobile"),
    "devanagari": (by(DEVANAGARI, MOBILE), "mobile"),
    "superscript": (by(SUPERSCRIPT, MOBILE), "mobile"),
    "mathematical": (by(MATHEMATICAL, ID), "id"),
    "keycaps": ("".join(KEYCAPS[digit] for digit in MOBILE), "mobile"),
    "chinese": (by(CHINESE, MOBILE), "mobile"),
    "chinese with round zero": (by(ROUND_ZERO, MOBILE), "mobile"),
    "cheque": (by(CHEQUE, CARD), "card"),
    "spoken one": (by(CHINESE, MOBILE).replace("一", "幺"), "mobile"),
    "half chinese": ("一38零0一38零0零", "mobile"),
    "chinese in groups": ("一三八、〇〇一三、八〇〇〇", "mobile"),
    "letters O": (MOBILE.replace("0", "O"), "mobile"),
    "letters o and l": (MOBILE.replace("0", "o").replace("1", "l"), "mobile"),
    "greek and cyrillic O": ("138ΟО138ОΟΟ", "mobile"),
    "letters in an id": (ID.replace("0", "O"), "id"),
    "letters in a card": (CARD.replace("0", "o"), "card"),
    "spaces": ("138 0013 8000", "mobile"),
    "every sign spaced": (" ".join(ID), "id"),
    "ideographic spaces": ("\u3000".join(CARD), "card"),
    "no-break spaces": ("\u00a0".join(MOBILE), "mobile"),
    "dashes": ("138-0013-8000", "mobile"),
    "long dashes": ("138——0013——8000", "mobile"),
    "dots": ("138.0013.8000", "mobile"),
    "middle dots": ("138·0013·8000", "mobile"),
    "underscores": ("138_0013_8000", "mobile"),
    "slashes": ("138/0013/8000", "mobile"),
    "brackets": ("(138)(0013)(8000)", "mobile"),
    "chinese punctuation": ("138，0013。8000", "mobile"),
    "stars": ("138*0013*8000", "mobile"),
    "x between": ("138x0013x8000", "mobile"),
    "zero-width": ("\u200b".join(MOBILE), "mobile"),
    "word joiner": ("\u2060".join(ID), "id"),
    "byte order mark": ("138\ufeff0013\ufeff8000", "mobile"),
    "soft hyphen": ("138\u00ad0013\u00ad8000", "mobile"),
    "right-to-left mark": ("138\u200f0013\u200f8000", "mobile"),
    "combining marks": ("1\u03353\u03358\u033500138000", "mobile"),
    "line breaks": ("138\n0013\r\n8000", "mobile"),
    "tabs": ("138\t0013\t8000", "mobile"),
    "line break in an id": (f"{ID[:6]}\n{ID[6:14]}\n{ID[14:]}", "id"),
    "after a date": (f"2026-11-23 {MOBILE}", "mobile"),
    "glued to a number": (f"12{ID}", "id"),
    "id that Excel cut": (f"{ID[:15]}000", "id"),
    "mistyped id": (BODY + ("0" if ID[-1] != "0" else "1"), "id"),
    "address": ("山西省运城市闻喜县某某路12号", "address"),
    "address of a village": ("闻喜县某某镇某某村3组", "address"),
    "address of a flat": ("某某小区5号楼2单元301室", "address"),
    "address in characters": ("闻喜县某某街一百二十号", "address"),
    "address with blanks": ("闻 喜 县 某 某 路 1 2 号", "address"),
    "address over lines": ("山西省闻喜县\n某某街道\n某某巷8号院", "address"),
    "address full-width": ("运城市某某区某某大道１２号", "address"),
    "address that is named so": ("家庭住址：闻喜县礼元镇某某村", "address"),
}
HARMLESS = [
    "", "闻政发〔2021〕12号", "闻人才办发〔2026〕3号", "运人社函〔2025〕第108号", "根据闻喜县人民政府令第5号",
    "0359-7022114", "电话：0359-7022114、0359-7021234", "0359 702 2114 转 801", "（0359）7022114", "12345", "12380",
    "400-800-8888", "公示期5个工作日", "2026年11月23日至2026年11月27日", "2026-11-23 至 2026-11-27",
    "2021.1.12-2021.10.12", "2026/11/23 10:30:45", "二〇二六年十一月二十三日", "¥1,500.00", "¥142,000.00", "合计 142000.00 元",
    "人民币壹拾肆万贰仟元整", "3,600.00 元、2,400.00 元", "3600、2400、1500、1000", "共71人，每人2个月", "一、二、三、四、五、六、七、八、九、十",
    "91110000600037341L", "统一社会信用代码：91110000600037341L", "GS20260001", "BT00000012", "4142010486",
    "山西省运城市闻喜县", "闻喜县人民医院", "闻喜县第一中学", "山西建龙实业有限公司", "北京市第四中学", "西安交通大学",
    "闻喜县委组织部人才工作办公室", "闻喜县高校社区1号窗口", "第3批、第12批、第131批", "1 张三 某某大学 本科 某某公司 2.00 2000.00",
    "邮编 043800", "100次、200小时", "GB/T 9704—2012", "http://example.invalid/subsidies/", "person@example.invalid",
]  # fmt: skip


@pytest.mark.parametrize("name", DISGUISES)
@pytest.mark.parametrize("frame", ["{}", "请联系：{}。", "张三（{}）", "a{}b"])
def test_no_disguise_passes(name, frame):
    written, kind = DISGUISES[name]
    assert kind_in(frame.format(written)) == kind
    with pytest.raises(DomainError) as refusal:
        guard_text(frame.format(written))
    assert refusal.value.code == f"personal_{kind}"
    assert written not in refusal.value.message


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_texts_pass(text):
    guard_text(text)
    guard_texts([text, "某某大学", "本科", "2.00", "2000.00"])
    guard_document(workbook([[text, "某某大学"], ["李四", text]]), "xlsx")
    guard_document(paper(text), "docx")


def test_a_number_split_over_texts_is_found():
    with pytest.raises(DomainError) as refusal:
        guard_texts(["张三", "138", "0013", "8000"])
    assert refusal.value.code == "personal_mobile"


@pytest.mark.parametrize("name", DISGUISES)
def test_no_disguise_passes_in_a_sheet_or_a_paper(name):
    written, _kind = DISGUISES[name]
    for content, ending in ((workbook([["张三", written]]), "xlsx"), (paper(written), "docx")):
        with pytest.raises(DomainError) as refusal:
            guard_document(content, ending)
        assert refusal.value.code.startswith("personal_")


def test_sheets_hide_nothing():
    for made in (
        workbook([["138", "0013", "8000"]]),
        workbook([["138"], ["0013"], ["8000"]]),
        workbook([[int(MOBILE)]]),
        workbook([[float(MOBILE)]]),
        workbook([[int(ID[:15] + "000")]]),
        workbook([["张三"]], comment=MOBILE),
        workbook([["张三"]], header=MOBILE),
        workbook([["张三"]], author=MOBILE),
        workbook([["张三"]], sheet=MOBILE),
        workbook([["张三"]], formula='="138"&"0013"&"8000"'),
        workbook([["张三"]], hidden=MOBILE),
        workbook([["张三"]], rich=("138", "0013", "8000")),
        workbook([["张三"]], shown_as=MOBILE),
        workbook([["张三"]], choices=(MOBILE, "其他")),
    ):
        with pytest.raises(DomainError) as refusal:
            guard_document(made, "xlsx")
        assert refusal.value.code.startswith("personal_")


def test_sums_below_each_other_are_no_number():
    guard_document(workbook([[3600], [3600], [3600], [3600]]), "xlsx")
    rows = [[order, f"示例{order}", "某某大学", "本科", "某某公司", 2, 2000] for order in range(1, 72)]
    guard_document(workbook(rows), ".XLSX")
    # 1.5 months, 1,500 yuan and the number of the next line read 15150000101, which begins like a mobile number.
    document = Document()
    table = document.add_table(rows=2, cols=3)
    for row, texts in zip(table.rows, (("某企业", "1.5", "1,500.00"), ("101", "某人", "")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    guard_document(saved(document), "docx")


def test_papers_hide_nothing():
    split = Document()
    paragraph = split.add_paragraph("电话：")
    for part in ("138", "0013", "8000"):
        paragraph.add_run(part).bold = True
    table = Document()
    for cell, part in zip(table.add_table(1, 3).rows[0].cells, ("138", "0013", "8000"), strict=True):
        cell.text = part
    header = Document()
    header.sections[0].header.paragraphs[0].text = MOBILE
    footer = Document()
    footer.sections[0].footer.paragraphs[0].text = MOBILE
    named = Document()
    named.core_properties.author = MOBILE
    commented = Document()
    commented.core_properties.comments = MOBILE
    hidden = Document()
    hidden.add_paragraph().add_run(MOBILE).font.hidden = True
    lines = Document()
    for part in ("138", "0013", "8000"):
        lines.add_paragraph(part)
    for one in (split, table, header, footer, named, commented, hidden, lines):
        with pytest.raises(DomainError) as refusal:
            guard_document(saved(one), "docx")
        assert refusal.value.code == "personal_mobile"


def test_what_cannot_be_looked_through_is_not_published():
    packed = BytesIO(paper("示例"))
    with ZipFile(packed, "a") as archive:
        archive.writestr("word/embeddings/other.xlsx", b"x")
    bomb = BytesIO()
    with ZipFile(bomb, "w") as archive:
        archive.writestr("word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    for content, ending in (
        (b"no archive", "docx"), (workbook([["x"]]), "docx"), (b"", "xlsx"), (b"text", "pdf"),
        (packed.getvalue(), "docx"), (bomb.getvalue(), "docx"),
    ):  # fmt: skip
        with pytest.raises(DomainError) as refusal:
            guard_document(content, ending)
        assert refusal.value.code == "document"


def workbook(
    rows, *, comment="", header="", author="", sheet="公示", formula="", hidden="", rich=(), shown_as="", choices=()
):
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream)
    book.set_properties({"author": author})
    page = book.add_worksheet(sheet)
    for at, row in enumerate(rows):
        for place, value in enumerate(row):
            (page.write_number if isinstance(value, int | float) else page.write_string)(at, place, value)
    if comment:
        page.write_comment(0, 0, comment)
    if header:
        page.set_header(f"&C{header}")
    if formula:
        page.write_formula(9, 9, formula)
    if rich:
        bold = book.add_format({"bold": True})
        page.write_rich_string(8, 8, rich[0], bold, rich[1], rich[2])
    if shown_as:
        page.write_number(7, 7, 1, book.add_format({"num_format": f'"{shown_as}"'}))
    if choices:
        page.data_validation(6, 6, 6, 6, {"validate": "list", "source": list(choices)})
    if hidden:
        other = book.add_worksheet("other")
        other.write_string(0, 0, hidden)
        other.very_hidden()
    book.close()
    return stream.getvalue()


def paper(text):
    document = Document()
    document.add_paragraph(text)
    return saved(document)


def saved(document):
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
