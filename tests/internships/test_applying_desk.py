"""Officers at their desk: queues, deciding in place of a host, profiles masked and revealed; sheets of nominations."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from internships.enums import ApplicationState
from internships.models import Application, Nomination, Student
from internships.services.offers import accept
from internships.sheets.nominations import NOMINATIONS
from tests.factories.accounts import UserFactory, staff
from tests.factories.internships import ApplicationFactory, NominationFactory, PositionFactory, StudentFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.talent import id_number, person
from tests.internships.conftest import desk
from tests.spreadsheets.books import xlsx
from wenxi_portal.accounts.enums import Role
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.notifications.models import Message
from wenxi_portal.spreadsheets.models import ImportRun
from wenxi_portal.spreadsheets.office import office_workbook
from wenxi_portal.spreadsheets.services.applying import apply_import
from wenxi_portal.spreadsheets.services.reading import read_import

pytestmark = pytest.mark.django_db
S = ApplicationState
ADMIN = "/admin/internships/"
SHEET = "/accounts/me/university/nominations/sheet/"
HEADER = ["学生姓名", "岗位编号", "手机号", "电子邮箱", "学历层次", "所学专业"]


@pytest.fixture
def officer(db):
    """An officer of the lead unit ``unit``."""
    membership = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER))
    return desk(membership.user, unit=membership.organisation)


def test_an_officer_decides_in_place_of_a_silent_host(officer):
    position = PositionFactory(lead_unit=officer.unit, seats=1)
    late = timezone.localdate() - timedelta(days=2)
    one, other = (ApplicationFactory(position=position, answer_due_on=late) for _number in range(2))
    alien = ApplicationFactory(answer_due_on=late)
    today = officer.client.get("/admin/").content.decode()
    assert one.student.name in today
    assert alien.student.name not in today
    listed = officer.client.get(f"{ADMIN}application/?holder=overdue").content.decode()
    assert (one.student.name in listed, alien.student.name in listed) == (True, False)
    assert officer.client.get(f"{ADMIN}application/{alien.pk}/change/").status_code == 404
    page = officer.client.get(f"{ADMIN}application/{one.pk}/change/").content.decode()
    assert one.letter in page
    assert one.student.user.email not in page
    officer.client.post(f"{ADMIN}application/{one.pk}/decide/", {"decision": "shortlisted", "reason": "单位未答复"})
    chosen = officer.client.post(
        f"{ADMIN}application/", {"action": "decide_chosen", "_selected_action": [one.pk, other.pk, alien.pk]}
    )
    asked = officer.client.get(chosen["Location"])
    assert asked.status_code == 200
    officer.client.post(f"{chosen['Location']},{alien.pk}", {"decision": "offered", "reason": "单位未答复"})
    assert states(alien) == [S.SUBMITTED]
    assert states(one, other).count(S.OFFERED) == 1
    held = next(row for row in (one, other) if states(row) == [S.OFFERED])
    officer.client.post(f"{ADMIN}application/{held.pk}/withdraw/", {"reason": "学生来电"})
    assert states(held) == [S.WITHDRAWN]


def test_a_profile_is_masked_and_revealed_with_a_reason(officer):
    number = id_number()
    student = StudentFactory(id_number=number, emergency_mobile="13912345678")
    ApplicationFactory(student=student, position__lead_unit=officer.unit)
    address = f"{ADMIN}student/{student.pk}/"
    page = officer.client.get(f"{address}change/").content.decode()
    listed = officer.client.get(f"{ADMIN}student/").content.decode()
    for secret in (number, "13912345678"):
        assert secret not in page + listed
    assert officer.client.post(f"{address}reveal/", {"fields_shown": ["id_number"], "reason": ""}).status_code == 200
    assert not AuditEntry.objects.filter(verb=Verb.REVEALED).exists()
    shown = officer.client.post(f"{address}reveal/", {"fields_shown": ["id_number"], "reason": "核对保险名单"})
    assert number in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    entry = AuditEntry.objects.get(verb=Verb.REVEALED)
    assert (entry.actor, entry.reason, entry.details) == (officer.user, "核对保险名单", {"fields": ["id_number"]})
    alien = ApplicationFactory().student
    assert officer.client.get(f"{ADMIN}student/{alien.pk}/change/").status_code == 404


def test_enrolment_is_checked_and_the_person_confirmed(officer):
    known = person(number=id_number())
    student = StudentFactory(id_number=known.id_number, name=known.name)
    ApplicationFactory(student=student, position__lead_unit=officer.unit)
    address = f"{ADMIN}student/{student.pk}/"
    officer.client.post(f"{address}enrolment/")
    officer.client.post(f"{address}confirm-person/", {"reason": "电话核实"})
    student.refresh_from_db()
    assert (student.enrolment_checked_by, student.person) == (officer.user, known)
    assert officer.client.get(f"{address}confirm-person/").status_code == 404


def test_an_auditor_looks_and_decides_nothing():
    auditor, one = desk(staff(Role.AUDITOR)), ApplicationFactory()
    assert auditor.client.get(f"{ADMIN}application/{one.pk}/change/").status_code == 200
    for deed in ("application/{}/decide/", "student/{}/reveal/", "student/{}/enrolment/"):
        key = one.pk if deed.startswith("application") else one.student_id
        assert auditor.client.post(f"{ADMIN}{deed.format(key)}", {"reason": "看看"}).status_code == 403


def test_a_university_nominates_by_sheet(liaison):
    position, closed = PositionFactory(), PositionFactory(closed=True)
    rows = [
        HEADER,
        ["测试甲", position.pk, "13800000001", "", "本科", "测绘工程"],
        ["测试乙", position.pk, "", "YI@example.invalid", "硕士研究生", "材料"],
        ["测试丙", closed.pk, "13800000003", "", "", ""],
        ["测试丁", position.pk, "", "", "", ""],
    ]
    page = bring(liaison, xlsx(rows))
    run = ImportRun.objects.get()
    read_import(run.pk)
    preview = liaison.client.get(page).content.decode()
    assert "13800000001" not in preview
    assert "测试甲" in preview
    run.refresh_from_db()
    assert run.counts == {"new": 2, "error": 2}, [(row.kind, row.problems) for row in run.rows.all()]
    liaison.client.post(page, {"deed": "confirm"})
    apply_import(run.pk)
    assert set(Nomination.objects.values_list("university", "nominated_by", "state")) == {
        (liaison.organisation.pk, liaison.user.pk, "waiting")
    }
    again = bring(liaison, xlsx(rows[:3]))
    second = ImportRun.objects.order_by("-pk").first()
    read_import(second.pk)
    second.refresh_from_db()
    assert second.counts == {"unchanged": 2}
    assert liaison.client.get(again).status_code == 200
    assert b"".join(liaison.client.get(f"{SHEET}template/").streaming_content).startswith(b"PK")


def test_the_sheet_of_others_stays_theirs(liaison, host):
    position = PositionFactory()
    page = bring(liaison, xlsx([HEADER, ["测试甲", position.pk, "13800000001", "", "", ""]]))
    other = desk(
        MembershipFactory(user=UserFactory(role=Role.UNIVERSITY_LIAISON), organisation=liaison.organisation).user
    )
    assert other.client.get(page).status_code == 404
    assert host.client.get(SHEET).status_code == 404
    named = xlsx([[*HEADER, "推荐高校"], ["测试甲", position.pk, "13800000001", "", "", "", "不存在的大学"]])
    bring(liaison, named)
    run = ImportRun.objects.order_by("-pk").first()
    read_import(run.pk)
    assert [problem[0] for problem in run.rows.get().problems] == ["university"]


def test_an_export_of_nominations_masks_every_number():
    NominationFactory(mobile="13812345678", email="li@example.invalid")
    rows = NOMINATIONS.prepare(Nomination.objects.all())
    stream, count = office_workbook(NOMINATIONS, rows, unit="示例单位", day=timezone.localdate())
    assert count == 1
    assert b"13812345678" not in stream.read()
    stream.close()


def test_an_export_read_back_changes_nothing(liaison):
    values = {"university": liaison.organisation, "nominated_by": liaison.user}
    NominationFactory(**values, mobile="13812345678", email="li@example.invalid", level="master", major="材料")
    NominationFactory(**values, position=PositionFactory(closed=True), state="lapsed")
    NominationFactory(**values, mobile="13812345679", email="", state="declined")
    rows = NOMINATIONS.prepare(Nomination.objects.all())
    stream, count = office_workbook(NOMINATIONS, rows, unit="示例单位", day=timezone.localdate())
    bring(liaison, stream.read())
    stream.close()
    run = ImportRun.objects.get()
    read_import(run.pk)
    run.refresh_from_db()
    assert run.counts == {"unchanged": count}, [(row.kind, row.problems) for row in run.rows.all()]
    strange = [HEADER, ["无此人", PositionFactory().pk, "138****5678", "l***@example.invalid", "", ""]]
    bring(liaison, xlsx(strange))
    second = ImportRun.objects.order_by("-pk").first()
    read_import(second.pk)
    second.refresh_from_db()
    assert second.counts == {"error": 1}
    assert Nomination.objects.count() == count


def test_who_accepts_is_told_to_the_lead_unit(officer):
    position = PositionFactory(lead_unit=officer.unit)
    one = ApplicationFactory(position=position, offered=True)
    accept(application=one, actor=one.student.user)
    message = Message.objects.get(recipient=officer.user, channel="inbox", kind="application_at_desk")
    assert position.title in message.subject
    assert one.student.name not in message.subject + message.body
    assert officer.client.get(message.url).status_code == 200


def test_universities_see_states_and_no_draft(liaison):
    student = StudentFactory(university=liaison.organisation)
    own = ApplicationFactory(student=student)
    ApplicationFactory(student=student, draft=True)
    ApplicationFactory(student=student, state=S.WITHDRAWN, submitted_at=None)
    alien = ApplicationFactory()
    assert list(Application.objects.visible_to(liaison.user)) == [own]
    assert alien not in Application.objects.visible_to(liaison.user)
    assert not Student.objects.visible_to(liaison.user).exists()


def bring(liaison, content):
    response = liaison.client.post(SHEET, {"upload": SimpleUploadedFile("推荐.xlsx", content)})
    assert response.status_code == 302, response.content.decode()[:3000]
    return response["Location"]


def states(*applications):
    for one in applications:
        one.refresh_from_db()
    return [one.state for one in applications]
