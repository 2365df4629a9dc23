"""The sheets of the bases room: registers as offices keep them."""

from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bases.agreement_intake import AgreementIntake
from bases.enums import PUBLIC_BASE_STATES, AgreementKind, AgreementState
from bases.intake import BaseIntake, read_kind, read_plaque
from bases.models import Agreement, Base, BaseKind
from bases.selectors.waiting import gap_words, gaps_of
from wenxi_portal.core.admin.labels import days_words
from wenxi_portal.core.wording import word_list
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.spreadsheets import readers
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet


def _kind(base: Base) -> str:
    if base.kind:
        return base.kind.name
    candidates = word_list(link.kind.name for link in base.candidate_kind_links.all())
    return _("to be settled: %(kinds)s") % {"kinds": candidates} if candidates else _("to be settled")


def _lead_unit(base: Base) -> str:
    name = base.lead_unit.name if base.lead_unit else ""
    return _("%(unit)s (inferred)") % {"unit": name} if name and base.lead_unit_inferred else name


def _plaque(base: Base) -> Any:
    return base.plaque_on or base.plaque_year or base.plaque_note


def _signed(agreement: Agreement) -> Any:
    return agreement.signed_on or agreement.signed_year or agreement.date_note


def _gaps(base: Base) -> str:
    return gap_words(base) if base.state in PUBLIC_BASE_STATES and gaps_of(base) else ""


def _expiry(agreement: Agreement) -> str:
    if agreement.state != AgreementState.SIGNED:
        return ""
    return days_words(agreement.valid_until) if agreement.valid_until else _("no last day")


def _universities(base: Base) -> str:
    return word_list(link.university.name for link in base.university_links.all())


def _parties(agreement: Agreement) -> str:
    return word_list(party.name for party in agreement.parties.all())


def _prepare_bases(queryset: QuerySet[Base]) -> QuerySet[Base]:
    return queryset.select_related("kind", "lead_unit", "local_partner").prefetch_related(
        "university_links__university", "candidate_kind_links__kind"
    )


def _prepare_agreements(queryset: QuerySet[Agreement]) -> QuerySet[Agreement]:
    return queryset.select_related("lead_unit").prefetch_related("parties", "bases")


BASES = Sheet(
    title=gettext_lazy("Register of county–university cooperation bases"),
    columns=(
        Column(
            gettext_lazy("name"),
            lambda row: row.name,
            28,
            name="name",
            reader=readers.field_text(Base, "name", is_name=True),
            words=("基地名称",),
            required=True,
        ),
        Column(
            pgettext_lazy("sheet", "kind"),
            _kind,
            22,
            name="kind",
            reader=read_kind,
            words=("类别", "基地类别", "基地类型", "类型"),
            required=True,
            note=gettext_lazy("Name or number of the official list; 待核定 when it is not settled."),
            choices=lambda: list(BaseKind.objects.in_official_order().values_list("name", flat=True)),
        ),
        Column(
            gettext_lazy("lead unit"),
            _lead_unit,
            18,
            name="lead_unit",
            reader=readers.text(most=130, name=True),
            words=("牵头部门", "责任单位"),
            choices=lambda: list(Organisation.objects.lead_units().in_name_order().values_list("name", flat=True)),
        ),
        Column(
            gettext_lazy("local partner"),
            lambda row: str(row.local_partner or ""),
            24,
            name="local_partner",
            reader=readers.text(most=120, name=True),
            words=("共建单位", "本地单位", "依托单位"),
            note=gettext_lazy("As in the register of organisations."),
        ),
        Column(
            gettext_lazy("universities"),
            _universities,
            30,
            name="universities",
            reader=readers.several,
            words=("高校", "合作高校", "共建高校"),
            note=gettext_lazy("Several names are separated by commas."),
        ),
        Column(
            gettext_lazy("place"),
            lambda row: row.place,
            14,
            name="place",
            reader=readers.field_text(Base, "place"),
            words=("所在地", "所在乡镇"),
        ),
        Column(gettext_lazy("state"), lambda row: row.get_state_display(), 10),
        Column(
            gettext_lazy("unveiled on"),
            _plaque,
            14,
            ColumnKind.DATE,
            name="plaque",
            reader=read_plaque,
            words=("授牌日期", "授牌时间", "揭牌时间"),
            note=gettext_lazy("2021-09-01, or the month or the year alone. Only for bases that are unveiled."),
        ),
        Column(
            gettext_lazy("office to ask"),
            lambda row: row.contact_office,
            18,
            name="contact_office",
            reader=readers.field_text(Base, "contact_office"),
            words=("咨询科室", "联系科室"),
        ),
        Column(
            gettext_lazy("office telephone"),
            lambda row: row.contact_phone,
            16,
            ColumnKind.CODE,
            name="contact_phone",
            reader=readers.field_code(Base, "contact_phone"),
            words=("联系电话", "咨询电话"),
        ),
        Column(gettext_lazy("gaps"), _gaps, 24),
        Column(
            gettext_lazy("source"),
            lambda row: row.source,
            24,
            name="source",
            reader=readers.field_text(Base, "source"),
            words=("信息来源",),
        ),
    ),
    prepare=_prepare_bases,
    intake=BaseIntake(),
)

AGREEMENTS = Sheet(
    title=gettext_lazy("Register of cooperation agreements"),
    columns=(
        Column(
            gettext_lazy("title"),
            lambda row: row.title,
            32,
            name="title",
            reader=readers.field_text(Agreement, "title", is_name=True),
            words=("协议名称", "协议标题", "协议"),
            required=True,
        ),
        Column(
            pgettext_lazy("sheet", "kind"),
            lambda row: row.get_kind_display(),
            14,
            name="kind",
            reader=readers.choice(AgreementKind),
            words=("协议类别", "协议类型"),
            required=True,
            choices=lambda: [str(label) for label in AgreementKind.labels],
        ),
        Column(
            gettext_lazy("parties"),
            _parties,
            34,
            name="parties",
            reader=readers.several,
            words=("签约方", "签约各方", "签约单位", "合作方"),
            note=gettext_lazy("Names as in the paper, separated by commas. Two at least for a signed paper."),
        ),
        Column(
            gettext_lazy("lead unit"),
            lambda row: str(row.lead_unit or ""),
            18,
            name="lead_unit",
            reader=readers.text(most=130, name=True),
            words=("牵头部门", "责任单位"),
            choices=lambda: list(Organisation.objects.lead_units().in_name_order().values_list("name", flat=True)),
        ),
        Column(gettext_lazy("state"), lambda row: row.get_state_display(), 10),
        Column(
            gettext_lazy("signed on"),
            _signed,
            14,
            ColumnKind.DATE,
            name="signed",
            reader=read_plaque,
            words=("签订日期", "签署日期", "签约时间"),
            note=gettext_lazy("2021-09-01, or the year alone, or why neither is known. Empty for an intent."),
        ),
        Column(
            gettext_lazy("valid from"),
            lambda row: row.valid_from,
            12,
            ColumnKind.DATE,
            name="valid_from",
            reader=readers.day(),
            words=("生效日期", "开始日期"),
        ),
        Column(
            gettext_lazy("valid until"),
            lambda row: row.valid_until,
            12,
            ColumnKind.DATE,
            name="valid_until",
            reader=readers.day(),
            words=("到期日期", "截止日期", "终止日期"),
        ),
        Column(gettext_lazy("expiry"), _expiry, 14),
        Column(
            gettext_lazy("bases"),
            lambda row: word_list(base.name for base in row.bases.all()),
            30,
            name="bases",
            reader=readers.several,
            words=("相关基地", "合作基地"),
            note=gettext_lazy("As in the register of bases; several names are separated by commas."),
        ),
        Column(
            gettext_lazy("signed papers"),
            lambda row: row.papers,
            10,
            ColumnKind.NUMBER,
            total=True,
            name="papers",
            reader=readers.whole_number(least=1, most=999),
            words=("协议份数", "份数"),
        ),
        Column(
            gettext_lazy("source"),
            lambda row: row.source,
            24,
            name="source",
            reader=readers.field_text(Agreement, "source"),
            words=("信息来源",),
        ),
    ),
    prepare=_prepare_agreements,
    intake=AgreementIntake(),
)

SHEETS: dict[type[Model], Sheet] = {Base: BASES, Agreement: AGREEMENTS}
