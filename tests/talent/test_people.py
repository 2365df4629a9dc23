"""One person, one record, for life."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from talent.models import Person
from talent.selectors.latest import latest_study, latest_work, present_work
from talent.services.person import clean_name, enter_person, save_person, set_document
from talent.services.reveal import reveal
from tests.factories.accounts import UserFactory, staff
from tests.factories.organisations import HostFactory, LeadUnitFactory, MembershipFactory, UniversityFactory
from tests.factories.talent import document, id_number, person
from wenxi_portal.accounts.enums import Role
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db


def test_the_document_tells_birth_and_sex_and_nothing_lies_open_in_the_database():
    number = id_number()
    found = person(name="欧阳 示例", number=number, mobile="138 0000 0001")
    assert (found.name, found.birth_date.isoformat(), found.sex in "12") == ("欧阳示例", "1999-03-05", True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM talent_person t")
        row = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(t::text, '') FROM talent_personevent t")
        assert number not in row + cursor.fetchone()[0]
        assert "13800000001" not in row


def test_the_same_document_is_the_same_person():
    number = id_number()
    person(number=number)
    with pytest.raises(DomainError) as refusal:
        person(number=number)
    assert refusal.value.code == "same_id"


def test_without_a_document_a_reason_is_needed():
    with pytest.raises(DomainError) as refusal:
        enter_person(person=Person(name="示例"), document=None, actor=None)
    assert refusal.value.code == "no_document"


def test_the_document_comes_later_but_not_that_of_another():
    first, second = person(number=id_number()), person()
    set_document(person=second, document=document(), actor=None)
    second.refresh_from_db()
    assert second.id_index
    with pytest.raises(DomainError):
        set_document(person=second, document=document(first.id_number), actor=None)


@pytest.mark.parametrize(
    "broken",
    [
        {"id_index": "x"},
        {"document_kind": "passport"},
        {"state": "merged"},
        {"name": ""},
        {"birth_date": "1800-01-01"},
    ],
)
def test_the_database_refuses_what_cannot_be(broken):
    found = person()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=found.pk).update(**broken)


def test_a_birth_in_the_future_is_refused():
    with pytest.raises(ValidationError):
        person(birth_date="2190-01-01")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("阿卜杜拉 • 艾尔肯", "阿卜杜拉·艾尔肯"),
        ("𬱖 示例", "𬱖示例"),
        ("欧阳　示例", "欧阳示例"),
        ("John  Example", "John Example"),
    ],
)
def test_names_are_kept_in_one_form(typed, kept):
    assert clean_name(typed) == kept


@pytest.mark.parametrize(
    "text",
    ["李晓婷", "lxt", "lixiaoting", "武汉大学", "whdx", "遥感", "yg", "lxt 武汉 遥感", "闻喜 示例科技", "示例镇"],
)
def test_found_by_anything_in_any_mix(text):
    university = UniversityFactory(name="武汉大学（示例）")
    found = person(
        name="李晓婷",
        study=[{"university": university, "major": "测绘"}],
        work=[{"employer_name": "闻喜示例科技", "post": "工程师"}],
        fields=["遥感"],
    )
    person(name="王某某", native_township="样板乡")
    assert list(Person.objects.matching(text)) == [found]


def test_rows_are_changed_in_place_added_and_removed():
    found = person(work=[{"employer_name": "甲"}, {"employer_name": "乙"}])
    first, second = found.employments.order_by("pk")
    save_person(
        person=found,
        actor=None,
        employments=[{"id": first, "employer_name": "甲公司"}, {"employer_name": "丙"}],
        field_names=["遥感", "遥感 ", ""],
    )
    assert set(found.employments.values_list("employer_name", flat=True)) == {"甲公司", "丙"}
    assert found.employments.filter(pk=first.pk).exists()
    assert not found.employments.filter(pk=second.pk).exists()
    assert list(found.fields.values_list("name", flat=True)) == ["遥感"]


def test_the_later_of_two_editors_is_told():
    found = person()
    save_person(person=Person.objects.get(), actor=None, expected_revision=1)
    with pytest.raises(DomainError) as refusal:
        save_person(person=found, actor=None, expected_revision=1)
    assert refusal.value.code == "stale"


def test_revealing_needs_a_reason_and_leaves_a_trace():
    found, officer = person(number=id_number()), staff()
    with pytest.raises(DomainError):
        reveal(subject=found, fields=["id_number"], reason=" ", actor=officer)
    assert reveal(subject=found, fields=["id_number"], reason="核对补贴", actor=officer) == {
        "id_number": found.id_number
    }
    entry = AuditEntry.objects.get(verb=Verb.REVEALED)
    assert (entry.actor, entry.reason, entry.details) == (officer, "核对补贴", {"fields": ["id_number"]})


def test_who_sees_whom():
    unit, other = LeadUnitFactory(), LeadUnitFactory()
    own, foreign = person(owner_unit=unit, native_township="甲镇"), person(owner_unit=other, native_township="乙镇")
    homeless = person(owner_unit=None, native_township="乙镇")
    officer = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER), organisation=unit).user
    collector = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER), organisation=unit).user
    collector.collected_townships.create(township="乙镇")
    assert set(Person.objects.visible_to(officer)) == {own}
    assert set(Person.objects.visible_to(collector)) == {foreign, homeless}
    for role in (Role.ORGANIZATION_DEPARTMENT, Role.AUDITOR):
        assert Person.objects.visible_to(staff(role)).count() == 3
    for role in (Role.FINANCE, Role.SYSTEM_ADMINISTRATOR):
        assert not Person.objects.visible_to(staff(role)).exists()
    assert not Person.objects.visible_to(UserFactory()).exists()


def test_an_employer_on_file_is_enough_and_none_is_too_little():
    person(work=[{"employer": HostFactory()}])
    with pytest.raises(ValidationError):
        person(work=[{"post": "工程师"}])


NEXT_YEAR = timezone.localdate() + timedelta(days=365)
BACHELOR, NO_DATES = {"university_name": "示例大学", "started_on": date(2021, 9, 1)}, {"university_name": "无日期大学"}


@pytest.mark.parametrize(
    ("rows", "latest"),
    [
        ([BACHELOR | {"ended_on": date(2024, 6, 1)}, NO_DATES], "示例大学"),
        ([NO_DATES, BACHELOR], "示例大学"),
        ([NO_DATES, {"university_name": "毕业大学", "ended_on": date(2020, 6, 1)}], "毕业大学"),
        ([BACHELOR, {"university_name": "早年大学", "started_on": date(2010, 9, 1)}], "示例大学"),
        (
            [BACHELOR | {"ended_on": NEXT_YEAR}, {"university_name": "交流大学", "started_on": date(2022, 9, 1)}],
            "示例大学",
        ),
        ([], None),
    ],
)
def test_the_latest_study_is_going_on_or_began_last(rows, latest):
    study = latest_study(person(study=rows))
    assert (study.place if study else None) == latest


@pytest.mark.parametrize(
    ("ends", "present"),
    [((None, date(2015, 6, 1)), "甲公司"), ((date(2015, 6, 1), NEXT_YEAR), "乙公司"), ((date(2015, 6, 1),) * 2, None)],
)
def test_the_present_work_has_not_ended(ends, present):
    begun = zip(("甲公司", "乙公司"), (None, date(2012, 7, 1)), ends, strict=True)
    found = person(work=[{"employer_name": name, "started_on": start, "ended_on": end} for name, start, end in begun])
    work = present_work(found)
    assert (work.place if work else None) == present
    assert latest_work(found).place == (present or "甲公司")
