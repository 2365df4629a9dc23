"""The list that another office sends of people paid by its scheme. Only taken in: what is read is forgotten at once."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from talent.documents import read_document
from talent.enums import DocumentKind
from wenxi_portal.core.masking import mask_id_number
from wenxi_portal.spreadsheets import readers
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet


def _document(number: str) -> None:
    """Refuse what is no resident ID number; the sentence never repeats it."""
    read_document(DocumentKind.RESIDENT_ID, number, typed=False)


def _nothing(_row: Any) -> str:
    return ""


OUTSIDE = Sheet(
    title=_("List of another scheme"),
    columns=(
        Column(
            _("ID number"), _nothing, 22, ColumnKind.CODE, name="id_number",
            reader=readers.code(validators=[_document], most=20),
            words=("身份证号", "身份证号码", "公民身份号码", "证件号码", "证件号"), required=True, personal=True,
            mask=mask_id_number,
        ),
        Column(
            _("first day"), _nothing, 14, ColumnKind.DATE, name="starts_on", reader=readers.day(partial=True),
            words=("享受起始时间", "开始时间", "起始时间", "开始日期", "起始日期", "起"),
        ),
        Column(
            _("last day"), _nothing, 14, ColumnKind.DATE, name="ends_on", reader=readers.day(partial=True),
            words=("享受截止时间", "结束时间", "截止时间", "结束日期", "截止日期", "止"),
        ),
    ),
)  # fmt: skip
