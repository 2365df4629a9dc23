"""Columns of a study, alike in the sheets of people and of studies: what is read, and under which headings."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from talent.enums import StudyLevel
from talent.intakes import readers as own
from talent.models import Education
from wenxi_portal.spreadsheets import readers
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind

Value = Callable[[Any], Any]
_UNIVERSITY = ("毕业院校", "就读院校", "就读高校", "毕业高校", "毕业学校", "高校", "院校", "学校")
_LEVELS = {
    "大专": StudyLevel.JUNIOR_COLLEGE, "专科": StudyLevel.JUNIOR_COLLEGE, "本科": StudyLevel.BACHELOR,
    "硕士": StudyLevel.MASTER, "研究生": StudyLevel.MASTER, "博士": StudyLevel.DOCTOR,
}  # fmt: skip


def university_column(value: Value, width: int, **more: Any) -> Column:
    """Where somebody studies or studied."""
    reader = readers.field_text(Education, "university_name", is_name=True)
    return Column(_("university"), value, width, name="university", reader=reader, words=_UNIVERSITY, **more)


def level_column(value: Value) -> Column:
    """The level of the study."""
    return Column(
        _("level"),
        value,
        10,
        name="level",
        reader=readers.choice(StudyLevel, **_LEVELS),
        words=("学历", "学历层次", "培养层次", "层次"),
        choices=lambda: [str(label) for label in StudyLevel.labels],
    )


def major_column(value: Value, width: int) -> Column:
    """What is studied."""
    reader = readers.field_text(Education, "major")
    return Column(_("major"), value, width, name="major", reader=reader, words=("专业", "所学专业"))


def enrolled_column(value: Value) -> Column:
    """When the study began."""
    return Column(
        _("enrolled"),
        value,
        12,
        ColumnKind.DATE,
        name="enrolled",
        reader=own.study_day(month=9, day=1),
        words=("入学时间", "入学年份", "入学年月", "入学日期"),
        note=_("A year alone means 1 September."),
    )
