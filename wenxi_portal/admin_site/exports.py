"""Lists as office sheets, each export recorded."""

from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import FileResponse
from django.utils import timezone

from bases.sheets import SHEETS as BASES_SHEETS
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.spreadsheets.office import office_workbook
from wenxi_portal.spreadsheets.organisations import SHEETS as ORGANISATIONS_SHEETS
from wenxi_portal.spreadsheets.sheet import Sheet

SHEETS: dict[type[Model], Sheet] = {**ORGANISATIONS_SHEETS, **BASES_SHEETS}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Rows read from the database at a time.
CHUNK = 1000


def export_response(user: User, model: type[Model], queryset: QuerySet[Any], shown: dict[str, Any]) -> FileResponse:
    """Answer with ``queryset`` as the sheet declared for ``model``; ``shown`` tells filters, search and order."""
    sheet = SHEETS[model]
    rows = sheet.prepare(queryset).iterator(chunk_size=CHUNK)
    stream, count = office_workbook(sheet, rows, unit=unit_of(user), day=timezone.localdate())
    record(actor=user, verb=Verb.EXPORTED, list=model._meta.label_lower, rows=count, shown=shown)
    name = f"{sheet.title}-{timezone.localdate():%Y%m%d}.xlsx"
    return FileResponse(stream, as_attachment=True, filename=name, content_type=XLSX)


def unit_of(user: User) -> str:
    """Return the unit that fills in the sheet: the one ``user`` acts for, otherwise the portal's organiser."""
    membership = user.memberships.current().select_related("organisation").first()
    return membership.organisation.name if membership else settings.PORTAL_ORGANISER
