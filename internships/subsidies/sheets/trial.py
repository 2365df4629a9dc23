"""Who would gain or lose by a draft, as an office sheet."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet

TRIAL = Sheet(
    title=_("Trial of a policy"),
    columns=(
        Column(pgettext_lazy("of a person", "name"), lambda row: row.student, 14),
        Column(_("level being studied"), lambda row: row.level, 12),
        Column(_("host"), lambda row: row.host, 28),
        Column(_("first day"), lambda row: row.stay.starts_on, 14, kind=ColumnKind.DATE),
        Column(_("last day"), lambda row: row.stay.ends_on, 14, kind=ColumnKind.DATE),
        Column(_("by the version of then"), lambda row: row.was, 16, kind=ColumnKind.MONEY, total=True),
        Column(_("by the draft"), lambda row: row.would, 16, kind=ColumnKind.MONEY, total=True),
        Column(_("difference"), lambda row: row.difference, 16, kind=ColumnKind.MONEY, total=True),
    ),
)
