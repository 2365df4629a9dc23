"""The sheet of contacts: who was reached when and how, and what follows from it."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talent.enums import ContactKind
from talent.intakes.contacts import ContactIntake
from talent.models import Contact
from talent.selectors.follow_up import officers
from talent.sheets.naming import NAMING
from wenxi_portal.spreadsheets import readers
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet


def _prepare(queryset: QuerySet[Contact]) -> QuerySet[Contact]:
    return queryset.select_related("person", "by", "next_owner")


CONTACTS = Sheet(
    title=_("Register of contacts"),
    columns=(
        *NAMING,
        Column(
            pgettext_lazy("sheet", "contacted on"),
            lambda row: row.on,
            14,
            ColumnKind.DATE,
            name="on",
            reader=readers.day(),
            words=("联系日期", "联系时间", "日期"),
            required=True,
        ),
        Column(
            pgettext_lazy("sheet", "way of contact"),
            lambda row: row.get_kind_display(),
            10,
            name="kind",
            reader=readers.choice(ContactKind, 通话=ContactKind.CALL, 微信=ContactKind.MESSAGE, 走访=ContactKind.VISIT),
            words=("方式", "联系方法", "形式"),
            required=True,
            choices=lambda: [str(label) for label in ContactKind.labels],
        ),
        Column(
            _("what was said"),
            lambda row: row.summary,
            36,
            name="summary",
            reader=readers.field_text(Contact, "summary"),
            words=("联系内容", "联系情况", "内容"),
        ),
        Column(_("by"), lambda row: str(row.by or ""), 12),
        Column(
            _("next step"),
            lambda row: row.next_step,
            24,
            name="next_step",
            reader=readers.field_text(Contact, "next_step"),
            words=("下一步", "下一步打算", "下步计划"),
            note=_("With a day; or say why there is none."),
        ),
        Column(
            _("due on"),
            lambda row: row.next_due,
            14,
            ColumnKind.DATE,
            name="next_due",
            reader=readers.day(),
            words=("完成时限", "下次联系日期", "期限"),
        ),
        Column(
            _("who takes it"),
            lambda row: str(row.next_owner or ""),
            12,
            name="next_owner",
            reader=readers.text(most=60, name=True),
            words=("责任人", "跟进人", "经办人"),
            note=_("Empty: whoever brings the sheet in."),
            choices=lambda: list(officers().values_list("name", flat=True)),
        ),
        Column(
            _("why there is no next step"),
            lambda row: row.no_step_reason,
            24,
            name="no_step_reason",
            reader=readers.field_text(Contact, "no_step_reason"),
            words=("无下一步原因", "不再跟进原因"),
        ),
    ),
    prepare=_prepare,
    intake=ContactIntake(),
    reveal="talent.reveal_person",
)
