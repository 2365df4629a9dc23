"""The sheet of organisations. Organisations lie below spreadsheets, so that theirs is declared here."""

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.organisations.enums import HostKind, OrganisationKind
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.spreadsheets import readers
from wenxi_portal.spreadsheets.organisation_intake import OrganisationIntake
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet


def _double_first_class(organisation: Organisation) -> str:
    if organisation.double_first_class is None:
        return ""
    return str(_("yes") if organisation.double_first_class else _("no"))


ORGANISATIONS = Sheet(
    title=_("Register of organisations"),
    columns=(
        Column(
            _("name"),
            lambda row: row.name,
            30,
            name="name",
            reader=readers.field_text(Organisation, "name", is_name=True),
            words=("单位名称", "机构名称", "全称", "单位全称", "高校名称", "学校名称", "企业名称"),
            required=True,
            note=_("The full name as on the seal."),
        ),
        Column(
            pgettext_lazy("sheet", "kind"),
            lambda row: row.get_kind_display(),
            12,
            name="kind",
            reader=readers.choice(OrganisationKind, 大学=OrganisationKind.UNIVERSITY, 学校=OrganisationKind.UNIVERSITY),
            words=("类别", "单位类别", "机构类别", "类型", "单位类型"),
            required=True,
            choices=lambda: [str(label) for label in OrganisationKind.labels],
        ),
        Column(
            _("sort of host"),
            lambda row: row.get_host_kind_display(),
            12,
            name="host_kind",
            reader=readers.choice(HostKind),
            words=("单位性质",),
            note=_("Only for hosts."),
            choices=lambda: [str(label) for label in HostKind.labels],
        ),
        Column(
            _("school code"),
            lambda row: row.school_code,
            14,
            ColumnKind.CODE,
            name="school_code",
            reader=readers.field_code(Organisation, "school_code"),
            words=("学校标识码", "院校代码", "学校代码"),
            note=_("Ten digits that begin with 41; universities only."),
        ),
        Column(
            _("unified social credit code"),
            lambda row: row.credit_code,
            22,
            ColumnKind.CODE,
            name="credit_code",
            reader=readers.field_code(Organisation, "credit_code"),
            words=("信用代码", "社会信用代码", "统一代码", "统一信用代码"),
            note=_("18 characters. Keep the column as text, or Excel cuts the number."),
        ),
        Column(
            _("province"),
            lambda row: row.province,
            10,
            name="province",
            reader=readers.field_text(Organisation, "province", is_name=True),
            words=("省", "所在省", "省份"),
        ),
        Column(
            _("city"),
            lambda row: row.city,
            10,
            name="city",
            reader=readers.field_text(Organisation, "city", is_name=True),
            words=("市", "所在市", "所在城市", "城市"),
        ),
        Column(
            _("address"),
            lambda row: row.address,
            30,
            name="address",
            reader=readers.field_text(Organisation, "address"),
            words=("通讯地址", "单位地址", "详细地址"),
        ),
        Column(
            _("Double First-Class"),
            _double_first_class,
            10,
            name="double_first_class",
            reader=readers.yes_no,
            words=("双一流", "是否双一流"),
            note=_("是 or 否; universities only."),
            choices=lambda: [str(_("yes")), str(_("no"))],
        ),
        Column(
            _("shown to the public"),
            lambda row: str(_("yes") if row.is_public else _("no")),
            12,
            name="is_public",
            reader=readers.yes_no,
            words=("是否公开",),
            choices=lambda: [str(_("yes")), str(_("no"))],
        ),
        Column(
            _("note on the name"),
            lambda row: row.name_note,
            24,
            name="name_note",
            reader=readers.field_text(Organisation, "name_note"),
        ),
    ),
    intake=OrganisationIntake(),
)

SHEETS: dict[type[Model], Sheet] = {Organisation: ORGANISATIONS}
