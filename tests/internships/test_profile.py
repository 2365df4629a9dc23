"""The profile: filled once in steps, kept at every step, tied to the right person only."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from internships.models import ProfileDraft, Student, StudentPaper
from internships.services.student_person import confirm_person, person_to_confirm
from talent.models import Person
from tests.factories.accounts import UserFactory, staff
from tests.factories.internships import StudentFactory
from tests.factories.organisations import UniversityFactory
from tests.factories.talent import id_number, person
from tests.internships.conftest import desk
from wenxi_portal.accounts.enums import Role
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
BASE = "/accounts/me/internships/profile/"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def soon(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def answers(number, university="示例大学"):
    return {
        "person": {"name": "测试 学生", "document_kind": "resident_id", "id_number": number, "native_township": ""},
        "study": {"school": university, "level": "bachelor", "major": "测绘工程", "graduates_on": soon(400)},
        "contact": {"emergency_name": "测试家长", "emergency_relation": "母亲", "emergency_mobile": "１３９0000 0000"},
        "wishes": {"skills": "测量", "wish": "回乡实习", "consent": "on"},
    }


def fill(client, given):
    for step, values in given.items():
        response = client.post(f"{BASE}{step}/", values)
    return response


@pytest.fixture
def account(db):
    return desk(UserFactory(email="li@example.invalid"))


def test_filled_once_in_steps(account):
    university, number = UniversityFactory(), id_number()
    assert account.client.get(BASE, follow=True).redirect_chain[-1][0] == f"{BASE}person/"
    assert account.client.get(f"{BASE}contact/")["Location"] == f"{BASE}person/"
    response = fill(account.client, answers(number, university.name))
    assert response["Location"] == f"{BASE}proof/"
    student = Student.objects.get(user=account.user)
    assert (student.name, student.university, student.emergency_mobile) == ("测试学生", university, "13900000000")
    assert student.consent_text
    assert account.user.groups.filter(name=Role.STUDENT.value).exists()
    assert not ProfileDraft.objects.exists()
    done = account.client.post(f"{BASE}proof/", {"enrolment_code": "ab cd-1234", "enrolment_code_until": soon(30)})
    assert done["Location"] == "/accounts/me/internships/"
    student.refresh_from_db()
    assert student.enrolment_code == "ABCD1234"
    assert number not in account.client.get(f"{BASE}person/").content.decode()


def test_what_was_typed_is_kept_sealed_and_shown_again_right_or_wrong(account):
    number = id_number()
    wrong = answers(number)["person"] | {"id_number": number[:-1] + ("0" if number[-1] != "0" else "1")}
    page = account.client.post(f"{BASE}person/", wrong)
    assert page.status_code == 200
    assert "error-summary" in page.content.decode()
    draft = ProfileDraft.objects.get()
    assert json.loads(draft.content)["person"]["id_number"] == wrong["id_number"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM internships_profiledraft")
        assert wrong["id_number"] not in cursor.fetchone()[0]
    assert wrong["id_number"] in account.client.get(f"{BASE}person/").content.decode()
    other = desk(UserFactory())
    assert wrong["id_number"] not in other.client.get(f"{BASE}person/").content.decode()


def test_under_16_is_refused_and_under_18_is_told(account):
    today = timezone.localdate()
    young = id_number(born=date(today.year - 15, 1, 1))
    page = account.client.post(f"{BASE}person/", answers(young)["person"]).content.decode()
    assert "16" in page
    assert "error-summary" in page
    minor = id_number(born=date(today.year - 16, 1, 1))
    told = account.client.post(f"{BASE}person/", answers(minor)["person"], follow=True).content.decode()
    assert "18" in told


def test_the_same_id_under_two_accounts_is_refused_with_a_sentence(account):
    number = id_number()
    StudentFactory(id_number=number)
    page = fill(account.client, answers(number))
    assert page.status_code == 200
    assert "error-summary" in page.content.decode()
    assert Student.objects.count() == 1


def test_days_that_do_not_exist_or_lie_behind_are_refused_in_words(account):
    client = account.client
    client.post(f"{BASE}person/", answers(id_number())["person"])
    for day in ("2027-02-29", "2020-07-01"):
        page = client.post(f"{BASE}study/", answers("")["study"] | {"graduates_on": day})
        assert "#id_graduates_on" in page.content.decode()
    assert client.post(f"{BASE}study/", answers("")["study"] | {"graduates_on": "2028-02-29"}).status_code == 302


def test_a_new_person_is_entered_where_nobody_has_that_id(account):
    number = id_number()
    fill(account.client, answers(number))
    student = Student.objects.get()
    assert student.person == Person.objects.with_document(number).get()
    assert student.person.user is None


def test_the_person_with_the_same_verified_contact_is_linked(account):
    known = person(number=id_number(), email="li@example.invalid")
    fill(account.client, answers(known.id_number))
    assert Student.objects.get().person == known


def test_a_person_with_another_contact_is_left_for_an_officer(account):
    known = person(number=id_number(), email="someone-else@example.invalid")
    fill(account.client, answers(known.id_number))
    student = Student.objects.get()
    assert student.person is None
    assert person_to_confirm(student) == known
    confirm_person(student=student, actor=staff(), reason="电话核实")
    student.refresh_from_db()
    assert student.person == known


def test_an_unverified_contact_links_nothing():
    known = person(number=id_number(), email="li@example.invalid")
    account = desk(UserFactory(email="li@example.invalid", email_verified=False))
    fill(account.client, answers(known.id_number))
    assert Student.objects.get().person is None


def test_papers_are_used_again_replaced_and_served_to_their_own_only(student, host):
    url = "/accounts/me/internships/papers/"
    for content in (PDF, PDF + b" "):
        student.client.post(url, {"kind": "resume", "upload": SimpleUploadedFile("简历.pdf", content)})
    older, newer = StudentPaper.objects.order_by("pk")
    assert (newer.replaces, list(student.row.papers.current())) == (older, [newer])
    again = student.client.post(url, {"kind": "resume", "upload": SimpleUploadedFile("简历.pdf", PDF)})
    cut = student.client.post(url, {"kind": "health", "upload": SimpleUploadedFile("体检.pdf", PDF[:20])})
    assert [page.status_code for page in (again, cut)] == [200, 200]
    assert "#id_upload" in cut.content.decode()
    assert StudentPaper.objects.count() == 2
    address = f"/internships/student-papers/{newer.identifier}/"
    response = student.client.get(address)
    assert b"".join(response.streaming_content) == PDF + b" "
    assert response["Cache-Control"] == "private, no-store"
    for stranger in (Client(), desk(UserFactory()).client, host.client):
        assert stranger.get(address).status_code == 404
    department = desk(staff())
    assert b"".join(department.client.get(address).streaming_content) == PDF + b" "
    assert AuditEntry.objects.filter(actor=department.user, verb=Verb.READ_PAPER).count() == 1
    Path(newer.file.path).unlink()
    assert student.client.get(address).status_code == 404


def test_two_windows_of_the_profile_and_the_later_is_told(student):
    page = {
        "emergency_name": "测试家长",
        "emergency_relation": "父亲",
        "emergency_mobile": "13900000001",
        "revision": 1,
    }
    assert student.client.post(f"{BASE}contact/", page).status_code == 302
    assert student.client.post(f"{BASE}contact/", page).status_code == 302
    later = student.client.post(f"{BASE}contact/", page | {"emergency_mobile": "13900000002"})
    assert "13900000002" in later.content.decode()
    student.row.refresh_from_db()
    assert student.row.emergency_mobile == "13900000001"
