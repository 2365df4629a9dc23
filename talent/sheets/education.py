"""The sheet of studies: one row a study, the person named in it."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from talent.enums import StudyLevel
from talent.intakes import readers as own
from talent.intakes.education import EducationIntake
from talent.models import Education
from talent.sheets.naming import NAMING
from talent.sheets.people import LEVEL_WORDS, UNIVERSITY_WORDS
from wenxi_portal.spreadsheets import readers
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet


def _prepare(queryset: QuerySet[Education]) -> QuerySet[Education]:
    return queryset.select_related("person", "university")


EDUCATION = Sheet(
    title=_("Register of studies"),
    columns=(
        *NAMING,
        Column(
            _("university"),
            lambda row: row.place,
            24,
            name="university",
            reader=readers.field_text(Education, "university_name", is_name=True),
            words=UNIVERSITY_WORDS,
            required=True,
        ),
        Column(
            _("level"),
            lambda row: row.get_level_display() if row.level else "",
            10,
            name="level",
            reader=readers.choice(StudyLevel, **LEVEL_WORDS),
            words=("学历", "学历层次", "培养层次", "层次"),
            choices=lambda: [str(label) for label in StudyLevel.labels],
        ),
        Column(
            _("major"),
            lambda row: row.major,
            18,
            name="major",
            reader=readers.field_text(Education, "major"),
            words=("专业", "所学专业"),
        ),
        Column(
            _("enrolled"),
            lambda row: row.started_on,
            12,
            ColumnKind.DATE,
            name="enrolled",
            reader=own.study_day(month=9, day=1),
            words=("入学时间", "入学年份", "入学年月", "入学日期"),
            note=_("A year alone means 1 September."),
        ),
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
