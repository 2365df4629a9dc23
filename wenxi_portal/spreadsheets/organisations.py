"""The sheet of organisations. Organisations lie below spreadsheets, so that theirs is declared here."""

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.organisations.models import Organisation
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet


def _double_first_class(organisation: Organisation) -> str:
    if organisation.double_first_class is None:
        return ""
    return str(_("yes") if organisation.double_first_class else _("no"))


ORGANISATIONS = Sheet(
    title=_("Register of organisations"),
    columns=(
        Column(_("name"), lambda row: row.name, 30),
        Column(pgettext_lazy("sheet", "kind"), lambda row: row.get_kind_display(), 12),
        Column(_("sort of host"), lambda row: row.get_host_kind_display(), 12),
        Column(_("school code"), lambda row: row.school_code, 14, ColumnKind.CODE),
        Column(_("unified social credit code"), lambda row: row.credit_code, 22, ColumnKind.CODE),
        Column(_("province"), lambda row: row.province, 10),
        Column(_("city"), lambda row: row.city, 10),
        Column(_("address"), lambda row: row.address, 30),
        Column(_("Double First-Class"), _double_first_class, 10),
        Column(_("shown to the public"), lambda row: str(_("yes") if row.is_public else _("no")), 12),
        Column(_("note on the name"), lambda row: row.name_note, 24),
    ),
)

SHEETS: dict[type[Model], Sheet] = {Organisation: ORGANISATIONS}
