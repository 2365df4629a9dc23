"""The portal's own Word templates, built from plain text with the page settings of GB/T 9704-2012.

A4, margins 37 mm on top, 35 mm below, 28 mm left, 26 mm right; body in FangSong 16 pt, title in XiaoBiaoSong 22 pt,
lines 28 pt apart, paragraphs begin two characters in. The office downloads one, edits it in Word and uploads it.
"""

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from internships.enums import TemplateKind

TEXTS = Path(__file__).resolve().parents[1] / "papers"
BODY, TITLE, HEADING = "FangSong_GB2312", "FZXiaoBiaoSong-B05S", "SimHei"
BODY_SIZE, TITLE_SIZE, SMALL_SIZE, LINE = 16, 22, 12, 28
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}


@cache
def default_template(kind: TemplateKind) -> bytes:
    """Return the portal's own template of a paper as .docx."""
    return built_paper((TEXTS / f"{kind.value}.txt").read_text(encoding="utf-8").splitlines())


def built_paper(lines: Iterable[str]) -> bytes:
    """Return a paper built from plain text as .docx.

    ``#`` begins the title, ``##`` a heading, ``>`` a line on the right, ``-`` a small line, ``|`` a row of a table.
    """
    book: Any = Document()
    _set_page(book)
    rows: list[list[str]] = []
    for line in lines:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        else:
            _add_table(book, rows)
            rows = []
            _add_line(book, line)
    _add_table(book, rows)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _set_page(book: Any) -> None:
    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, millimetres in MARGINS.items():
        setattr(section, name, Mm(millimetres))
    style = book.styles["Normal"]
    _dress(style.font, style.element, BODY, BODY_SIZE)
    spacing = style.paragraph_format
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
    spacing.space_before = spacing.space_after = Pt(0)


def _add_line(book: Any, line: str) -> None:
    mark, _blank, text = line.partition(" ")
    paragraph = book.add_paragraph()
    if mark == "#":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(LINE)
        _write(paragraph, text, TITLE, TITLE_SIZE)
    elif mark == ">":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _write(paragraph, text, BODY, BODY_SIZE)
    elif mark == "-":
        # A picture is higher than a line: this one may grow.
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        _write(paragraph, text, BODY, SMALL_SIZE)
    else:
        paragraph.paragraph_format.first_line_indent = Pt(2 * BODY_SIZE)
        heading = mark == "##"
        _write(paragraph, text if heading else line, HEADING if heading else BODY, BODY_SIZE)


def _add_table(book: Any, rows: list[list[str]]) -> None:
    if not rows:
        return
    table = book.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _write(cell.paragraphs[0], text, BODY, SMALL_SIZE)


def _write(paragraph: Any, text: str, face: str, size: int) -> None:
    run = paragraph.add_run(text)
    _dress(run.font, run._element, face, size)  # noqa: SLF001 - the library has no way to name an East Asian face


def _dress(font: Any, element: Any, face: str, size: int) -> None:
    font.name, font.size = face, Pt(size)
    element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
