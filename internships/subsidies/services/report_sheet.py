"""A report upward as an office sheet, handed out on record."""

from collections.abc import Sequence
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.selectors.reports import DIMENSIONS, ReportRow
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.spreadsheets.office import office_workbook
from wenxi_portal.spreadsheets.services.exports import unit_of
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet


def report_sheet(rows: Sequence[ReportRow], *, year: int, dimension: str, actor: User) -> tuple[IO[bytes], str]:
    """Return the workbook of a report and its name; people are not added up, since one may stand in two rows."""
    label = str(DIMENSIONS[dimension].label)
    title = _("Subsidies paid in %(year)d by %(dimension)s") % {"year": year, "dimension": label}
    number, money = ColumnKind.NUMBER, ColumnKind.MONEY
    sheet = Sheet(
        title=title,
        columns=(
            Column(label, lambda row: row.name, 30),
            Column(_("people"), lambda row: row.people, 10, kind=number),
            Column(_("claims"), lambda row: row.claims, 10, kind=number, total=True),
            Column(_("months"), lambda row: row.months, 10, kind=money, total=True),
            Column(_("amount in yuan"), lambda row: row.amount, 16, kind=money, total=True),
        ),
    )
    stream, count = office_workbook(sheet, rows, unit=unit_of(actor), day=timezone.localdate())
    record(actor=actor, verb=Verb.EXPORTED, list="subsidies.report", rows=count, year=year, by=dimension)
    return stream, f"{title}.xlsx"
