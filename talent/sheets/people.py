"""The sheet of people: whoever stands in a roster, with the latest study and the present work."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from talent.enums import ContactLanguage, DocumentKind, PreferredChannel, Sex, TalentDatabase
from talent.intakes import readers as own
from talent.intakes.on_file import PARTS
from talent.intakes.people import PeopleIntake
from talent.models import Employment, Person
from talent.selectors.latest import latest_study, present_work
from talent.sheets.naming import mobile_column, name_column, number_column
from talent.sheets.study_columns import enrolled_column, level_column, major_column, university_column
from wenxi_portal.core.wording import word_list
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.spreadsheets import readers
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet

_SEVERAL = _("Several are separated by commas.")


def _itself(person: Person) -> Person:
    return person


def _study(person: Person, name: str) -> Any:
    return getattr(latest_study(person), name, "")


def _study_level(person: Person) -> str:
    study = latest_study(person)
    return study.get_level_display() if study and study.level else ""


def _work(person: Person, name: str) -> Any:
    return getattr(present_work(person), name, "")


def _fields(person: Person) -> str:
    return word_list(sorted(link.tag.name for link in person.field_links.all()))


def _languages(person: Person) -> str:
    return word_list(str(ContactLanguage(each).label) for each in person.languages)


def _databases(person: Person) -> str:
    return word_list(row.get_database_display() for row in person.memberships.all() if row.until is None)


def _prepare_people(queryset: QuerySet[Person]) -> QuerySet[Person]:
    return queryset.select_related("owner_unit", "officer").prefetch_related(*PARTS)


def _lead_units() -> list[str]:
    return list(Organisation.objects.lead_units().in_name_order().values_list("name", flat=True))


PEOPLE = Sheet(
    title=_("Register of talents"),
    columns=(
        name_column(_itself),
        Column(
            _("kind of document"),
            lambda row: row.get_document_kind_display() if row.document_kind else "",
            16,
            name="document_kind",
            reader=readers.choice(
                DocumentKind,
                身份证=DocumentKind.RESIDENT_ID,
                二代身份证=DocumentKind.RESIDENT_ID,
                护照=DocumentKind.PASSPORT,
            ),
            words=("证件类型", "证件类别", "证件种类"),
            note=_("Empty: resident identity card."),
            choices=lambda: [str(label) for label in DocumentKind.labels],
        ),
        number_column(_itself, _("18 characters. Keep the column as text, or Excel cuts the number.")),
        Column(
            _("why no ID number is on file"),
            lambda row: row.no_id_reason,
            16,
            name="no_id_reason",
            reader=readers.field_text(Person, "no_id_reason"),
            words=("无证件号原因", "未提供证件原因"),
        ),
        Column(
            _("sex"),
            lambda row: row.get_sex_display() if row.sex != Sex.UNKNOWN else "",
            8,
            name="sex",
            reader=readers.choice(Sex, 男性=Sex.MALE, 女性=Sex.FEMALE),
            words=("性别",),
            choices=lambda: [str(Sex.MALE.label), str(Sex.FEMALE.label)],
        ),
        Column(
            _("date of birth"),
            lambda row: row.birth_date,
            14,
            ColumnKind.DATE,
            name="birth_date",
            # Rosters give year and month: enough beside a document that tells the day (see intakes/checks.py).
            reader=readers.day(partial=True),
            words=("出生日期", "出生年月日", "生日", "出生年月"),
        ),
        mobile_column(_itself),
        Column(
            _("e-mail"),
            lambda row: row.email,
            20,
            name="email",
            reader=own.email,
            words=("电子邮箱", "邮箱", "电子邮件", "email", "e-mail"),
        ),
        Column(
            _("native township"),
            lambda row: row.native_township,
            12,
            name="native_township",
            reader=readers.field_text(Person, "native_township", is_name=True),
            words=("籍贯乡镇", "所属乡镇", "乡镇", "户籍乡镇"),
        ),
        university_column(
            lambda row: _study(row, "place"),
            22,
            note=_("The latest study. One that is not on file yet is added; none is taken away."),
        ),
        level_column(_study_level),
        major_column(lambda row: _study(row, "major"), 16),
        enrolled_column(lambda row: _study(row, "started_on")),
        Column(
            _("employer"),
            lambda row: _work(row, "place"),
            24,
            name="employer",
            reader=readers.field_text(Employment, "employer_name", is_name=True),
            words=("现工作单位", "工作单位", "单位", "就业单位"),
            note=_("The present work. One that is not on file yet is added; none is taken away."),
        ),
        Column(
            _("post"),
            lambda row: _work(row, "post"),
            14,
            name="post",
            reader=readers.field_text(Employment, "post"),
            words=("职务", "岗位", "现任职务", "职务职称"),
        ),
        Column(
            _("city"),
            lambda row: _work(row, "city"),
            12,
            name="city",
            reader=readers.field_text(Employment, "city", is_name=True),
            words=("工作城市", "所在城市", "城市", "工作地"),
        ),
        Column(
            _("fields of work"),
            _fields,
            18,
            name="fields",
            reader=own.field_names,
            words=("专业领域", "领域", "从事领域", "研究方向", "擅长领域"),
            note=_SEVERAL,
        ),
        Column(
            _("languages of contact"),
            _languages,
            14,
            name="languages",
            reader=readers.chosen(ContactLanguage),
            words=("沟通语言", "联系语言"),
            note=_SEVERAL,
            choices=lambda: [str(label) for label in ContactLanguage.labels],
        ),
        Column(
            _("databases"),
            _databases,
            24,
            name="databases",
            reader=readers.chosen(
                TalentDatabase,
                优秀大学生=TalentDatabase.STUDENTS,
                校友=TalentDatabase.ALUMNI,
                高校校友=TalentDatabase.ALUMNI,
                在外人才=TalentDatabase.OUTSTANDING,
                在外优秀人才=TalentDatabase.OUTSTANDING,
            ),
            words=("所属数据库", "人才库", "入库类别", "数据库"),
            note=_SEVERAL,
            choices=lambda: [str(label) for label in TalentDatabase.labels],
        ),
        Column(
            _("owner unit"),
            lambda row: str(row.owner_unit or ""),
            18,
            name="owner_unit",
            reader=readers.text(most=120, name=True),
            words=("归口单位", "责任单位", "管理单位", "联系单位"),
            choices=_lead_units,
        ),
        Column(
            _("responsible officer"),
            lambda row: row.officer.name if row.officer else "",
            12,
            name="officer",
            reader=readers.text(most=120, name=True),
            words=("联系责任人", "责任人", "包联干部", "联系干部", "对接人"),
            note=_("The name of an officer's account. Empty: whoever was last in touch."),
        ),
        Column(
            _("preferred way of contact"),
            lambda row: row.get_preferred_channel_display() if row.preferred_channel else "",
            12,
            name="preferred_channel",
            reader=readers.choice(PreferredChannel),
            words=("首选联系方式",),
            choices=lambda: [str(label) for label in PreferredChannel.labels],
        ),
        Column(
            _("consented on"),
            lambda row: row.consent_on,
            12,
            ColumnKind.DATE,
            name="consent_on",
            reader=readers.day(),
            words=("同意日期", "授权日期"),
        ),
        Column(
            _("purpose of consent"),
            lambda row: row.consent_purpose,
            20,
            name="consent_purpose",
            reader=readers.field_text(Person, "consent_purpose"),
            words=("同意用途", "授权用途"),
        ),
        Column(
            _("source"),
            lambda row: row.source,
            18,
            name="source",
            reader=readers.field_text(Person, "source"),
            words=("信息来源", "来源"),
        ),
    ),
    prepare=_prepare_people,
    intake=PeopleIntake(),
    reveal="talent.reveal_person",
)
