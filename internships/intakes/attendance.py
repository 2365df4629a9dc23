"""How the rows of an attendance workbook meet the stays: one row a student and month, a column a day.

A host fills in its own interns, staff those of their unit. A row only ever writes a draft: confirming is a deed of its
own.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.enums import DayMark, SheetState
from internships.models import AttendanceSheet, Placement
from internships.models.placement import BEGUN
from internships.selectors.attendance import SIGNS, month_end, stay_days
from internships.services.attendance import open_sheet, save_sheet
from wenxi_portal.accounts.models import User
from wenxi_portal.core.errors import DomainError
from wenxi_portal.spreadsheets.intake import OnFile, Row, Twin
from wenxi_portal.spreadsheets.readers import Book, CellError, day

CONFIRM = "internships.confirm_attendancesheet"
_read_day = day(partial=True)
_MONTH = len("2026-11")


class AttendanceIntake:
    """By the stay's number, or by the student's name and the month."""

    permissions = frozenset({CONFIRM})
    labels: Mapping[str, Any] = {"_stay": gettext_lazy("stay")}

    def key(self, values: dict[str, Any]) -> tuple[Any, ...] | None:
        """Stay and month; without a number the name."""
        return values.get("number") or values["student"], values["month"]

    def check(self, rows: Sequence[Row], user: User) -> None:
        """Find the stay of each row; refuse names that are not here, and days outside the stay."""
        names, numbers = {row.values["student"] for row in rows}, {row.values.get("number") for row in rows}
        stays = list(
            own_stays(user)
            .filter(Q(student__name__in=names) | Q(pk__in=numbers - {None}), state__in=BEGUN)
            .select_related("student")
            .prefetch_related("stay_events")
        )
        for row in rows:
            _settle(row, stays)

    def on_file(self, rows: Sequence[Row], user: User, *, lock: bool = False) -> list[OnFile | None]:
        """Return the draft of each row's month; a confirmed month that says otherwise is a problem of the row."""
        sheets = AttendanceSheet.objects.filter(placement__in={row.values["_stay"] for row in rows})
        if lock:
            sheets = sheets.select_for_update(of=("self",), no_key=True)
        found: dict[tuple[int, str], AttendanceSheet] = {}
        for sheet in sheets.exclude(state=SheetState.REPLACED).select_related("placement__student").order_by("pk"):
            known = found.get((sheet.placement_id, f"{sheet.month:%Y-%m}"))
            # A draft goes before the valid version that it is to replace.
            if known is None or known.state != SheetState.DRAFT:
                found[sheet.placement_id, f"{sheet.month:%Y-%m}"] = sheet
        return [_one(row, found.get((row.values["_stay"], row.values["month"]))) for row in rows]

    def twins(self, rows: Sequence[Row], user: User) -> list[Sequence[Twin]]:
        """None: a stay has one sheet a month."""
        return [() for _row in rows]

    def write(self, *, new: Sequence[Row], changed: Sequence[tuple[Row, OnFile]], actor: User) -> None:
        """Fill the drafts in."""
        for row in new:
            stay = Placement.objects.get(pk=row.values["_stay"])
            _save(row, open_sheet(placement=stay, month=_first(row.values["month"])), actor)
        for row, present in changed:
            _save(row, present.record, actor)

    def shown(self, column: str, value: Any) -> str:
        """Return marks in words."""
        return str(DayMark(value).label) if value in DayMark.values else str(value or "")


def own_stays(user: User) -> QuerySet[Placement]:
    """Return the stays whose attendance ``user`` may fill in."""
    if user.has_perm(CONFIRM):
        return Placement.objects.visible_to(user)
    return Placement.objects.of_hosts(user)


def read_month(cell: Any, book: Book) -> str:
    """Read a month, however it was typed: 2026-11, 2026.11, 2026年11月, or a day of it."""
    found = str(_read_day(cell, book))
    if len(found) < _MONTH:
        raise CellError(_("Write the month as 2026-11."))
    return found[:_MONTH]


def value_of(sheet: AttendanceSheet, number: int) -> str:
    """Return the sign of a day for the way out."""
    mark = sheet.marks.get(str(number))
    return SIGNS[DayMark(mark)] if mark else ""


def _settle(row: Row, stays: Sequence[Placement]) -> None:
    month = _first(row.values["month"])
    here = [
        stay
        for stay in stays
        if (stay.pk == row.values["number"] if row.values.get("number") else stay.student.name == row.values["student"])
        and stay.starts_on <= month_end(month)
        and stay.ends_on >= month
    ]
    if len(here) != 1:
        words = (
            _("Nobody of this name is here in this month.")
            if not here
            else _("Several bear this name: add the number of the stay.")
        )
        row.refuse("student", words)
        return
    row.values["_stay"] = here[0].pk
    allowed = {day.day for day in stay_days(here[0], month)}
    for number in sorted(_days(row)):
        if number not in allowed:
            row.refuse(f"d{number}", _("This day does not belong to the stay."))


def _one(row: Row, sheet: AttendanceSheet | None) -> OnFile | None:
    if sheet is None:
        return None
    values: dict[str, Any] = {f"d{number}": mark for number, mark in sheet.marks.items()}
    values |= {
        "student": sheet.placement.student.name,
        "number": sheet.placement_id,
        "month": row.values["month"],
        "note": sheet.note,
    }
    differs = any(value != values.get(name) for name, value in row.values.items() if not name.startswith("_"))
    if sheet.state != SheetState.DRAFT and differs:
        row.refuse("month", _("This month is confirmed. Begin a correction first."))
    return OnFile(sheet.pk, sheet.revision, values, sheet)


def _save(row: Row, sheet: AttendanceSheet, actor: User) -> None:
    try:
        save_sheet(
            sheet=sheet,
            actor=actor,
            marks={str(number): mark for number, mark in _days(row).items()},
            note=row.values.get("note", sheet.note),
        )
    except DomainError as refusal:
        raise DomainError(_("Row %(row)d: %(told)s") % {"row": row.number, "told": refusal.message}) from refusal


def _days(row: Row) -> dict[int, str]:
    return {int(name[1:]): mark for name, mark in row.values.items() if name[0] == "d" and name[1:].isdecimal()}


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
