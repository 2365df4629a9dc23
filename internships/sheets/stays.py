"""The sheets of stays: the roster (one row a stay) and attendance (one row a student and month, a column a day)."""

from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy, pgettext_lazy

from internships.enums import DayMark
from internships.intakes.attendance import AttendanceIntake, read_month, value_of
from internships.models import AttendanceSheet, Placement
from internships.selectors.attendance import SIGNS, present_sheets
from wenxi_portal.spreadsheets import readers
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet

# What offices write into the boxes of an attendance sheet, beside our own signs.
WRITTEN = {
    **{sign: mark.value for mark, sign in SIGNS.items()},
    "✓": "present", "1": "present", "出勤": "present", "到岗": "present", "半天": "half", "0.5": "half", "半": "half",
    "请假": "leave", "事假": "leave", "假": "leave", "病假": "sick", "病": "sick", "缺勤": "absent", "旷工": "absent",
    "旷": "absent", "休": "rest", "休息": "rest", "/": "rest",
}  # fmt: skip


def _prepare_roster(queryset: QuerySet[Placement]) -> QuerySet[Placement]:
    return queryset.select_related("student__university", "position", "host", "lead_unit", "officer").prefetch_related(
        "attendance_sheets"
    )


def _prepare_sheets(queryset: QuerySet[AttendanceSheet]) -> QuerySet[AttendanceSheet]:
    return queryset.select_related("placement__student", "placement__host")


def _attended(stay: Placement) -> Any:
    return sum(sheet.half_days for sheet in present_sheets(stay).values() if sheet.confirmed_at) / 2


def _day_column(number: int) -> Column:
    return Column(
        str(number),
        lambda sheet: value_of(sheet, number),
        4,
        name=f"d{number}",
        reader=readers.choice(DayMark, **WRITTEN),
        words=(f"{number}日", f"{number}号"),
    )


ROSTER = Sheet(
    title=gettext_lazy("Roster of interns"),
    columns=(
        Column(pgettext_lazy("of a person", "name"), lambda stay: stay.student.name, 12),
        Column(gettext_lazy("university"), lambda stay: stay.student.school, 24),
        Column(gettext_lazy("level being studied"), lambda stay: stay.student.get_level_display(), 10),
        Column(gettext_lazy("major"), lambda stay: stay.student.major, 16),
        Column(gettext_lazy("host"), lambda stay: stay.host.name, 24),
        Column(gettext_lazy("position"), lambda stay: stay.position.title, 20),
        Column(gettext_lazy("lead unit"), lambda stay: stay.lead_unit.name, 18),
        Column(gettext_lazy("first day"), lambda stay: stay.starts_on, 12, ColumnKind.DATE),
        Column(gettext_lazy("last day"), lambda stay: stay.ends_on, 12, ColumnKind.DATE),
        Column(gettext_lazy("mentor at the host"), lambda stay: stay.mentor, 12),
        Column(gettext_lazy("officer in charge"), lambda stay: str(stay.officer or ""), 12),
        Column(gettext_lazy("state"), lambda stay: stay.get_state_display(), 10),
        Column(gettext_lazy("days of attendance"), _attended, 10, ColumnKind.NUMBER, total=True),
        Column(gettext_lazy("outcome"), lambda stay: stay.get_outcome_display(), 12),
    ),
    prepare=_prepare_roster,
)

ATTENDANCE = Sheet(
    title=gettext_lazy("Attendance sheet"),
    columns=(
        Column(
            gettext_lazy("number of the stay"),
            lambda sheet: sheet.placement_id,
            8,
            ColumnKind.NUMBER,
            name="number",
            reader=readers.whole_number(least=1),
            words=("实习编号", "在岗编号"),
            note=gettext_lazy("Only where two interns bear the same name."),
        ),
        Column(
            pgettext_lazy("of a person", "name"),
            lambda sheet: sheet.placement.student.name,
            12,
            name="student",
            reader=readers.text(most=100, name=True),
            words=("姓名", "学生姓名", "实习生"),
            required=True,
        ),
        Column(gettext_lazy("host"), lambda sheet: sheet.placement.host.name, 22),
        Column(
            gettext_lazy("month"),
            lambda sheet: f"{sheet.month:%Y-%m}",
            10,
            name="month",
            reader=read_month,
            words=("月份", "考勤月份", "年月"),
            required=True,
            note="2026-11",
        ),
        *(_day_column(number) for number in range(1, 32)),
        Column(gettext_lazy("days of attendance"), lambda sheet: sheet.days_present, 10, ColumnKind.NUMBER, total=True),
        Column(gettext_lazy("state"), lambda sheet: sheet.get_state_display(), 12),
        Column(
            gettext_lazy("note"),
            lambda sheet: sheet.note,
            20,
            name="note",
            reader=readers.text(most=300),
            words=("备注",),
        ),
    ),
    prepare=_prepare_sheets,
    intake=AttendanceIntake(),
)

STAY_SHEETS: dict[type[Model], Sheet] = {Placement: ROSTER, AttendanceSheet: ATTENDANCE}
