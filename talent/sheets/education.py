"""The sheet of studies: one row a study, the person named in it."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from talent.intakes import readers as own
from talent.intakes.education import EducationIntake
from talent.models import Education
from talent.sheets.naming import NAMING
from talent.sheets.study_columns import enrolled_column, level_column, major_column, university_column
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet


def _prepare(queryset: QuerySet[Education]) -> QuerySet[Education]:
    return queryset.select_related("person", "university")


EDUCATION = Sheet(
    title=_("Register of studies"),
    columns=(
        *NAMING,
        university_column(lambda row: row.place, 24, required=True),
        level_column(lambda row: row.get_level_display() if row.level else ""),
        major_column(lambda row: row.major, 18),
        enrolled_column(lambda row: row.started_on),
        Column(
            _("graduated"),
            lambda row: row.ended_on,
            12,
            ColumnKind.DATE,
            name="graduated",
            reader=own.study_day(month=6, day=30),
            words=("毕业时间", "毕业年份", "毕业年月", "毕业日期"),
            note=_("A year alone means 30 June."),
        ),
    ),
    prepare=_prepare,
    intake=EducationIntake(),
    reveal="talent.reveal_person",
)
