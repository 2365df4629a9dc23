"""A notice as a workbook in office layout, and as a Word paper for the board in the hall (GB/T 9704).

Both show what the page shows. They are made in the language that is active; the office publishes them in Chinese.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from internships.services.default_papers import BODY, HEADING, SMALL_SIZE, built_paper
from internships.services.paper_rendering import render
from internships.subsidies.models import NoticeLine, PublicNotice
from internships.subsidies.selectors.notices import calendar_words
from wenxi_portal.spreadsheets.office import office_workbook
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet

TEMPLATE = Path(__file__).resolve().parents[1] / "papers" / "notice.txt"
PLACE_OF_TABLE = "[[table]]"
# Widths of the columns in millimetres: 156 lie between the margins.
WIDTHS = (12, 20, 34, 32, 28, 12, 18)


def notice_sheet(notice: PublicNotice, lines: Sequence[NoticeLine]) -> bytes:
    """Return the notice as .xlsx in office layout."""
    sheet = Sheet(
        title=notice.title,
        columns=(
            Column(pgettext_lazy("of a person", "name"), lambda line: line.name, 14),
            Column(gettext_lazy("university"), lambda line: line.university, 26),
            Column(pgettext_lazy("of studies", "level or major"), lambda line: line.level, 24),
            Column(gettext_lazy("host"), lambda line: line.host, 28),
            Column(gettext_lazy("scheme"), lambda line: line.scheme, 20),
            Column(gettext_lazy("months"), lambda line: line.months, 8, ColumnKind.MONEY),
            Column(gettext_lazy("amount in yuan"), lambda line: line.amount, 14, ColumnKind.MONEY, total=True),
        ),
    )
    stream, _count = office_workbook(sheet, lines, unit=settings.PORTAL_ORGANISER, day=_day(notice.starts_on))
    with stream:
        return stream.read()


def notice_paper(notice: PublicNotice, lines: Sequence[NoticeLine]) -> bytes:
    """Return the notice as .docx, to be printed and hung out."""
    total = sum((line.amount for line in lines), Decimal(0))
    values = {
        "title": notice.title, "introduction": notice.introduction, "contact": notice.contact,
        "starts_on": _words(notice.starts_on), "ends_on": _words(notice.ends_on),
        "working_days": str(notice.working_days), "calendar_note": calendar_words(notice),
        "count": str(len(lines)), "total": f"{total:,.2f}", "site": settings.PORTAL_SITE_NAME,
        "issuer": settings.PORTAL_ORGANISER, "published_on": _words(notice.starts_on),
    }  # fmt: skip
    book: Any = Document(BytesIO(render(built_paper(TEMPLATE.read_text(encoding="utf-8").splitlines()), values)))
    # What was left out leaves an empty paragraph; the template's own empty lines stand on the right.
    for paragraph in book.paragraphs:
        if PLACE_OF_TABLE in paragraph.text:
            _put_table(book, paragraph, lines)
    stream = BytesIO()
    book.core_properties.author = settings.PORTAL_ORGANISER
    book.core_properties.title = notice.title
    book.save(stream)
    return stream.getvalue()


def _put_table(book: Any, place: Any, lines: Sequence[NoticeLine]) -> None:
    headings = (
        _("No."), pgettext("of a person", "name"), _("university"), pgettext("of studies", "level or major"),
        _("host"), _("months"), _("amount in yuan"),
    )  # fmt: skip
    table = book.add_table(rows=1, cols=len(headings))
    table.style, table.autofit = "Table Grid", False
    _fill(table.rows[0], headings, HEADING)
    _repeat_on_each_page(table.rows[0])
    for line in lines:
        cells = (
            str(line.order), line.name, line.university, line.level, line.host, f"{line.months.normalize():f}",
            f"{line.amount:,.2f}",
        )  # fmt: skip
        _fill(table.add_row(), cells, BODY)
    place._element.addnext(table._element)  # noqa: SLF001 - the library can only add a table at the end
    place._element.getparent().remove(place._element)  # noqa: SLF001


def _fill(row: Any, texts: Sequence[str], face: str) -> None:
    for cell, text, width in zip(row.cells, texts, WIDTHS, strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.line_spacing = 1.0
        run = paragraph.add_run(text)
        run.font.name, run.font.size = face, Pt(SMALL_SIZE)
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)  # noqa: SLF001


def _repeat_on_each_page(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - the library has no word for it


def _day(day: date | None) -> date:
    return day or timezone.localdate()


def _words(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else "—"
