"""The sheet of channels: the N of 1+8+N."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talent.enums import ChannelKind
from talent.intakes.channels import ChannelIntake
from talent.models import Channel
from wenxi_portal.spreadsheets import readers
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet


def _prepare(queryset: QuerySet[Channel]) -> QuerySet[Channel]:
    return queryset.select_related("university")


CHANNELS = Sheet(
    title=_("Register of channels"),
    columns=(
        Column(
            _("name"),
            lambda row: row.name,
            28,
            name="name",
            reader=readers.field_text(Channel, "name", is_name=True),
            words=("渠道名称", "名称", "服务站名称", "校友会名称"),
            required=True,
        ),
        Column(
            pgettext_lazy("channel", "kind"),
            lambda row: row.get_kind_display(),
            16,
            name="kind",
            reader=readers.choice(
                ChannelKind, 服务站=ChannelKind.STATION, 在外人才服务站=ChannelKind.STATION, 校友会=ChannelKind.ALUMNI
            ),
            words=("类别", "渠道类别", "渠道类型", "类型"),
            required=True,
            choices=lambda: [str(label) for label in ChannelKind.labels],
        ),
        Column(
            _("place"),
            lambda row: row.place,
            16,
            name="place",
            reader=readers.field_text(Channel, "place"),
            words=("地点", "所在地", "所在城市"),
        ),
        Column(
            _("university"),
            lambda row: row.university.name if row.university else "",
            24,
            name="university",
            reader=readers.text(most=120, name=True),
            words=("高校", "所属高校", "依托高校"),
            note=_("As in the register of organisations."),
        ),
        Column(
            _("founded on"),
            lambda row: row.founded_on,
            14,
            ColumnKind.DATE,
            name="founded_on",
            reader=readers.day(),
            words=("成立日期", "成立时间", "设立时间"),
        ),
        Column(
            _("at work"),
            lambda row: str(_("yes") if row.is_active else _("no")),
            10,
            name="is_active",
            reader=readers.yes_no,
            words=("是否运行", "在用"),
            choices=lambda: [str(_("yes")), str(_("no"))],
        ),
        Column(
            _("note"),
            lambda row: row.note,
            30,
            name="note",
            reader=readers.field_text(Channel, "note"),
            words=("备注", "说明"),
        ),
    ),
    prepare=_prepare,
    intake=ChannelIntake(),
)
