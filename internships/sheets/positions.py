"""The register of positions as offices keep it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, pgettext_lazy

from internships.enums import Discipline
from internships.models import Position
from talent.enums import StudyLevel
from wenxi_portal.core.wording import word_list
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet


def _levels(position: Position) -> str:
    return word_list(str(StudyLevel(level).label) for level in position.levels)


def _wanted(position: Position) -> str:
    return word_list([*(str(Discipline(value).label) for value in position.disciplines), *position.majors])


def _prepare(queryset: QuerySet[Any]) -> QuerySet[Any]:
    return queryset.select_related("host", "lead_unit")


POSITIONS = Sheet(
    title=gettext_lazy("Register of internship positions"),
    columns=(
        Column(gettext_lazy("title"), lambda row: row.title, 26),
        Column(gettext_lazy("host"), lambda row: row.host.name, 26),
        Column(pgettext_lazy("of a position", "kind"), lambda row: row.get_sector_display(), 10),
        Column(gettext_lazy("state"), lambda row: row.get_state_display(), 10),
        Column(gettext_lazy("levels"), _levels, 18),
        Column(gettext_lazy("fields of study and majors"), _wanted, 28),
        Column(gettext_lazy("seats"), lambda row: row.seats, 8, ColumnKind.NUMBER, total=True),
        Column(gettext_lazy("seats taken"), lambda row: row.seats_taken, 8, ColumnKind.NUMBER, total=True),
        Column(gettext_lazy("first day"), lambda row: row.starts_on, 12, ColumnKind.DATE),
        Column(gettext_lazy("last day"), lambda row: row.ends_on, 12, ColumnKind.DATE),
        Column(gettext_lazy("apply until"), lambda row: row.apply_until, 12, ColumnKind.DATE),
        Column(gettext_lazy("place"), lambda row: row.place, 14),
        Column(gettext_lazy("lead unit"), lambda row: row.lead_unit.name, 18),
        Column(gettext_lazy("confirmed by the host on"), lambda row: row.reconfirmed_on, 14, ColumnKind.DATE),
    ),
    prepare=_prepare,
)
