"""The columns by which a row of study or contact names the person."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talent.intakes import readers as own
from talent.models import Person
from wenxi_portal.core.masking import mask_id_number, mask_mobile
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind

NAME_WORDS = ("姓名", "人才姓名", "学生姓名", "联系对象")
NUMBER_WORDS = ("证件号码", "证件号", "身份证号", "身份证号码", "身份证", "公民身份号码")
MOBILE_WORDS = ("手机", "手机号", "手机号码", "联系电话", "电话", "联系方式", "移动电话")


def number_column(person_of: Callable[[Any], Person], note: Any) -> Column:
    """Return the column of the document number: sealed while it waits, masked on the way out."""
    return Column(
        _("ID number"),
        lambda row: person_of(row).masked_id,
        22,
        ColumnKind.CODE,
        name="id_number",
        reader=own.document_number,
        words=NUMBER_WORDS,
        note=note,
        personal=True,
        mask=mask_id_number,
        plain=lambda row: person_of(row).id_number,
    )


def mobile_column(person_of: Callable[[Any], Person], note: Any = "") -> Column:
    """Return the column of the mobile number: sealed while it waits, masked on the way out."""
    return Column(
        _("mobile"),
        lambda row: person_of(row).masked_mobile,
        16,
        ColumnKind.CODE,
        name="mobile",
        reader=own.mobile_number,
        words=MOBILE_WORDS,
        note=note,
        personal=True,
        mask=mask_mobile,
        plain=lambda row: person_of(row).mobile,
    )


def name_column(person_of: Callable[[Any], Person]) -> Column:
    """Return the column of the name."""
    return Column(
        pgettext_lazy("of a person", "name"),
        lambda row: person_of(row).name,
        12,
        name="name",
        reader=own.person_name,
        words=NAME_WORDS,
        required=True,
    )


def _of_person(row: Any) -> Person:
    return row.person


# Who a row is about: by document, or by mobile and name together.
NAMING = (
    name_column(_of_person),
    number_column(_of_person, _("The ID number, or mobile and name together, tell who is meant.")),
    mobile_column(_of_person),
)
