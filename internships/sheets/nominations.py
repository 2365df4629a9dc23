"""Sheets of the internships room."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from internships.intakes.nominations import NominationIntake, email_address
from internships.models import Nomination
from talent.enums import StudyLevel
from talent.intakes.readers import mobile_number
from wenxi_portal.core.masking import mask_email, mask_mobile
from wenxi_portal.spreadsheets import readers
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet

NOMINATIONS = Sheet(
    title=_("Nominations for internships"),
    columns=(
        Column(
            pgettext_lazy("of a person", "name"),
            lambda row: row.name,
            14,
            name="name",
            reader=readers.field_text(Nomination, "name", is_name=True),
            words=("学生姓名",),
            required=True,
        ),
        Column(
            _("position number"),
            lambda row: row.position_id,
            12,
            ColumnKind.NUMBER,
            name="position",
            reader=readers.whole_number(least=1, most=2**31),
            words=("岗位号", "岗位代码"),
            required=True,
            note=_("The number in the address of the position's page."),
        ),
        Column(_("position"), lambda row: row.position.title, 24),
        Column(_("host"), lambda row: row.position.host.name, 24),
        Column(
            _("mobile"),
            lambda row: mask_mobile(row.mobile),
            16,
            ColumnKind.CODE,
            name="mobile",
            reader=mobile_number,
            words=("手机号", "手机", "联系电话", "联系方式"),
            note=_("Mobile number or e-mail: one of them is needed, so that the student can be asked."),
            personal=True,
            mask=mask_mobile,
        ),
        Column(
            _("e-mail"),
            lambda row: mask_email(row.email) if row.email else "",
            24,
            name="email",
            reader=email_address,
            words=("邮箱", "电子邮箱"),
            personal=True,
            mask=mask_email,
        ),
        Column(
            _("level being studied"),
            lambda row: row.get_level_display(),
            12,
            name="level",
            reader=readers.choice(StudyLevel, 本科生=StudyLevel.BACHELOR, 研究生=StudyLevel.MASTER),
            words=("学历层次", "层次", "学历"),
            choices=lambda: [str(label) for label in StudyLevel.labels],
        ),
        Column(
            _("major"),
            lambda row: row.major,
            18,
            name="major",
            reader=readers.field_text(Nomination, "major"),
            words=("所学专业",),
        ),
        Column(
            _("note"),
            lambda row: row.note,
            24,
            name="note",
            reader=readers.field_text(Nomination, "note"),
            words=("说明",),
        ),
        Column(
            _("university on file"),
            lambda row: row.university.name,
            22,
            name="university",
            reader=readers.field_text(Nomination.university.field.related_model, "name", is_name=True),
            words=("推荐高校", "学校", "高校"),
            note=_("Needed only from who acts for several universities or for the office."),
        ),
        Column(_("state"), lambda row: row.get_state_display(), 12),
        Column(_("answer until"), lambda row: row.answer_until, 14, ColumnKind.DATE),
    ),
    prepare=lambda rows: rows.select_related("position__host", "university"),
    intake=NominationIntake(),
)
