"""Natives register, are asked once a year, and keep hold of their own data."""

import json
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from talent.enums import RegistrationState, SelfCheckAnswer
from talent.models import Person, Registration, SelfCheck
from talent.services.duplicate import merge_people
from talent.services.own_data import withdraw
from talent.services.registration import (
    accept_registration,
    begin_registration,
    confirm_registration,
    forget_unconfirmed,
    refuse_registration,
)
from talent.services.self_check import answer_self_check, ask_self_check, handle_answer, self_check_token
from tests.factories.accounts import UserFactory, staff
from tests.factories.talent import contact, id_number, person, registration
from wenxi_portal.accounts.services.sms import RecordingGateway
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db
FORM = {
    "name": "李 示例",
    "contact": "138 0000 0001",
    "university_name": "示例大学",
    "consent": "on",
    "township": "示例镇",
}


def last_code():
    text = RecordingGateway.outbox[-1][1] if RecordingGateway.outbox else mail.outbox[-1].body
    return re.search(r"\d{6}", text)[0]


def submitted(**kwargs):
    row = registration(**kwargs)
    begin_registration(registration=row)
    return confirm_registration(registration=row, code=last_code())


@pytest.mark.parametrize("way", ["138 0000 0001", "a@example.invalid"])
def test_register_code_queue(client, way):
    number = id_number()
    answer = client.post(reverse("talent:register"), FORM | {"contact": way, "id_number": number}, follow=True)
    assert number not in answer.content.decode()
    assert "13800000001" not in answer.content.decode()
    assert not Registration.objects.visible_to(staff()).exists()
    wrong = client.post(reverse("talent:register_code"), {"code": "000000"})
    assert wrong.status_code == 200
    client.post(reverse("talent:register_code"), {"code": last_code()})
    found = Registration.objects.waiting().get()
    assert (found.name, found.id_number, bool(found.consent_text)) == ("李示例", number, True)
    assert client.get(reverse("talent:register_code")).status_code == 302


@pytest.mark.parametrize(
    "broken",
    [{"name": ""}, {"contact": "12345"}, {"consent": ""}, {"university_name": ""}, {"id_number": "140823199903050000"}],
)
def test_what_is_missing_is_said(client, broken):
    answer = client.post(reverse("talent:register"), FORM | broken)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Registration.objects.exists()


def test_codes_run_out():
    row = registration()
    begin_registration(registration=row)
    code = last_code()
    for _try in range(5):
        with pytest.raises(DomainError):
            confirm_registration(registration=row, code="nothing")
    with pytest.raises(DomainError) as refusal:
        confirm_registration(registration=row, code=code)
    assert refusal.value.code == "void"
    for _again in range(4):
        begin_registration(registration=registration())
    with pytest.raises(DomainError) as refusal:
        begin_registration(registration=registration())
    assert refusal.value.code == "too_many"


def test_an_old_code_is_void_and_forgotten():
    row = registration()
    begin_registration(registration=row)
    Registration.objects.update(created_at=timezone.now() - timedelta(days=2))
    with pytest.raises(DomainError):
        confirm_registration(registration=row, code=last_code())
    assert (forget_unconfirmed(), forget_unconfirmed()) == (1, 0)


def test_whoever_registers_again_waits_once():
    submitted(employer_name="甲")
    submitted(employer_name="乙")
    assert Registration.objects.get().employer_name == "乙"


def test_an_officer_makes_a_person_of_it(department):
    row = submitted(university_name="示例大学", employer_name="示例公司", township="示例镇")
    page = department.client.get(reverse("admin:talent_registration_changelist")).content.decode()
    assert "138****0000" in page
    address = reverse("admin:talent_registration_accept", args=[row.pk])
    assert department.client.get(address).status_code == 200
    department.client.post(address, {"database": "alumni"})
    found = Person.objects.get()
    assert (found.mobile, found.memberships.get().database, found.educations.count()) == ("13800000000", "alumni", 1)
    assert found.consent_on
    with pytest.raises(DomainError):
        refuse_registration(registration=row, actor=staff(), reason="重复")


def test_it_is_added_to_a_person_on_file(department):
    known = person(name="测试登记人", mobile="13800000000")
    row = submitted()
    page = department.client.get(reverse("admin:talent_registration_change", args=[row.pk])).content.decode()
    assert f"accept/?person={known.pk}" in page
    address = reverse("admin:talent_registration_accept", args=[row.pk])
    department.client.post(f"{address}?person={known.pk}", {})
    assert Person.objects.count() == 1
    assert Registration.objects.get().person == known


def test_the_same_document_leads_to_its_person_and_refusing_forgets_it():
    number = id_number()
    known = person(number=number)
    row = submitted(document_kind="resident_id", id_number=number)
    assert accept_registration(registration=row, actor=staff()) == known
    other = submitted(mobile="13900000000", document_kind="resident_id", id_number=number)
    refuse_registration(registration=other, actor=staff(), reason="不属本县")
    other.refresh_from_db()
    assert (other.state, other.id_number) == (RegistrationState.REFUSED, "")


def test_units_do_not_see_the_queue_and_collectors_see_their_township(officer):
    submitted(township="甲镇")
    assert not Registration.objects.visible_to(officer.user).exists()
    officer.user.collected_townships.create(township="甲镇")
    assert Registration.objects.visible_to(officer.user).count() == 1


@pytest.fixture
def check(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return ask_self_check(
            person=person(name="李示例", mobile="13800000001"), actor=None, link_of=lambda token: f"http://x/{token}/"
        )


def test_one_tap_says_still_correct(client, check):
    assert RecordingGateway.outbox[-1][0] == "13800000001"
    token = re.search(r"http://x/(.+)/", RecordingGateway.outbox[-1][1])[1]
    address = reverse("talent:self_check", args=[token])
    page = client.get(address).content.decode()
    assert "李示例" not in page
    assert "138****0001" in page
    assert Person.objects.get().last_checked_on is None
    assert client.post(address, {"answer": "correct"}).status_code == 200
    assert Person.objects.get().last_checked_on == timezone.localdate()
    again = client.get(address)
    assert again.status_code == 410
    assert "138****0001" not in again.content.decode()


def test_strangers_learn_nothing(client, check):
    token = self_check_token(check)
    pages = {client.get(reverse("talent:self_check", args=[each])).content for each in ("x", token[:-2] + "zz")}
    SelfCheck.objects.update(
        expires_at=timezone.now() + timedelta(seconds=1), asked_at=timezone.now() - timedelta(days=99)
    )
    SelfCheck.objects.update(expires_at=timezone.now() - timedelta(days=1))
    pages.add(client.get(reverse("talent:self_check", args=[token])).content)
    assert len({re.sub(rb"still-correct[^\"&]*|csrf[^>]*", b"", page) for page in pages}) >= 1
    assert all(b"138****" not in page for page in pages)
    with pytest.raises(DomainError):
        answer_self_check(token=token, answer=SelfCheckAnswer.STILL_CORRECT)


def test_what_changed_waits_for_an_officer(client, check, department):
    address = reverse("talent:self_check", args=[self_check_token(check)])
    assert client.post(address, {"answer": "changed", "message": ""}).status_code == 200
    client.post(address, {"answer": "changed", "message": "换了工作"})
    assert "换了工作" in department.client.get(reverse("admin:index")).content.decode()
    handle_answer(check=SelfCheck.objects.get(), actor=department.user)
    assert "换了工作" not in department.client.get(reverse("admin:index")).content.decode()


def test_nobody_is_asked_twice_or_without_a_way(check):
    for whom in (check.person, person()):
        with pytest.raises(DomainError):
            ask_self_check(person=whom, actor=None, link_of=str)


@pytest.fixture
def own(client):
    user = UserFactory(name="李示例", email="own@example.invalid")
    client.force_login(user)
    return person(
        name="李示例",
        email="own@example.invalid",
        number=id_number(),
        mobile="13800000001",
        study=[{"university_name": "示例大学"}],
    )


def test_see_correct_and_copy(client, own):
    page = client.get(reverse("own_data:show")).content.decode()
    assert "示例大学" in page
    assert f'<a href="{reverse("accounts:me")}">我的账号</a>' in page
    for secret in (own.id_number, "13800000001"):
        assert secret not in page
    client.post(
        reverse("own_data:correct"),
        {"mobile": "13900000002", "email": "own@example.invalid", "native_township": "乙镇", "message": "我换了工作"},
    )
    own.refresh_from_db()
    assert (own.mobile, own.native_township, own.user.name) == ("13900000002", "乙镇", "李示例")
    assert own.self_checks.get().message == "我换了工作"
    rows = json.loads(client.post(reverse("own_data:copy_json")).content)
    assert {"label", "value"} == set(rows[0])
    book = client.post(reverse("own_data:copy_xlsx")).content
    cells = str(CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python())
    for text in (json.dumps(rows, ensure_ascii=False), cells):
        assert "示例大学" in text
        assert own.id_number not in text
        assert "13900000002" not in text
    assert client.get(reverse("own_data:copy_json")).status_code == 405


def test_withdrawing_erases_everything(client, own):
    number, officer = own.id_number, staff()
    step = contact(own, due=timezone.localdate(), owner=officer, summary="谈了项目")
    client.post(reverse("own_data:withdraw"), {})
    assert Person.objects.get().state == "active"
    client.post(reverse("own_data:withdraw"), {"sure": "on"})
    gone = Person.objects.get()
    assert (gone.state, gone.id_index, gone.mobile_index, gone.email, gone.educations.count()) == (
        "withdrawn",
        None,
        None,
        "",
        0,
    )
    assert "李" not in gone.name
    assert gone.events.count() == 0
    step.refresh_from_db()
    assert (step.step_state, step.summary) == ("dropped", "")
    assert not Person.objects.matching("示例大学").exists()
    assert client.get(reverse("own_data:show")).status_code == 200
    assert person(number=number).pk != gone.pk


def test_withdrawing_reaches_the_records_that_were_merged_in(own):
    twin = person(name="李示例", mobile="13800000009")
    merge_people(kept=own, gone=twin, actor=None, reason="同一人")
    withdraw(person=own, actor=None, reason="本人要求")
    twin.refresh_from_db()
    assert (twin.mobile, twin.events.count()) == ("", 0)
    assert not Person.objects.filter(name__contains="李").exists()


def test_a_shared_phone_opens_nobody_elses_record(client):
    person(name="父亲", mobile="13800000001")
    user = UserFactory(name="儿子", mobile="13800000001", mobile_verified=True)
    client.force_login(user)
    assert "父亲" not in client.get(reverse("own_data:show")).content.decode()
    assert client.get(reverse("own_data:show")).content.decode().count("register") >= 1
