"""The admin pages of the talent room."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from talent.enums import StepState
from talent.models import (
    Contact,
    HandOver,
    Introduction,
    Merge,
    NotDuplicate,
    Person,
    PossibleDuplicate,
    TownshipCollector,
)
from talent.selectors.duplicates import duplicate_pairs
from talent.selectors.follow_up import with_something_open
from talent.services.flexible import move_flexible
from talent.services.network import introduce
from tests.admin.posting import form_values
from tests.factories.accounts import staff
from tests.factories.organisations import HostFactory, UniversityFactory
from tests.factories.talent import ChannelFactory, contact, flexible, id_number, person
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"admin:talent_{name}", args=args)


def entry(**values):
    return {"document_kind": "resident_id", "id_number": "", "no_id_reason": "", "name": "李示例", "sex": "1", **values}


def test_a_person_is_entered_document_first(department):
    number = id_number()
    assert department.client.get(url("person_add")).status_code == 200
    answer = department.client.post(
        url("person_add"),
        entry(
            id_number=number,
            mobile="13800000001",
            university_name="示例大学",
            employer_name="示例公司",
            field_names="遥感，测绘",
            database="alumni",
        ),
    )
    found = Person.objects.get()
    assert answer.headers["Location"] == url("person_change", found.pk)
    assert (found.birth_date.year, found.memberships.get().database, found.fields.count()) == (1999, "alumni", 2)
    page = department.client.get(answer.headers["Location"]).content.decode()
    assert number not in page
    assert "13800000001" not in page
    assert "138****0001" in page


def test_the_same_document_is_refused_and_leads_to_its_person(department):
    number = id_number()
    known = person(number=number)
    answer = department.client.post(url("person_add"), entry(id_number=number))
    assert Person.objects.count() == 1
    assert url("person_change", known.pk) in answer.content.decode()
    assert number not in answer.content.decode().replace(f'value="{number}"', "")


def test_look_alikes_are_shown_while_typing_and_asked_about_on_saving(department):
    known = person(name="李示例", mobile="13800000001")
    warned = department.client.post(url("person_check"), entry(mobile="138 0000 0001")).content.decode()
    assert url("person_change", known.pk) in warned
    values = entry(no_id_reason="电话登记", mobile="13800000001")
    department.client.post(url("person_add"), values)
    assert Person.objects.count() == 1
    department.client.post(url("person_add"), values | {"different": "1"})
    assert Person.objects.count() == 2
    assert NotDuplicate.objects.get().first == known
    assert PossibleDuplicate.objects.count() == 1
    assert duplicate_pairs() == []


def test_whoever_may_not_decide_leaves_the_pair_to_the_queue(officer):
    person(name="李示例", mobile="13800000001", owner_unit=officer.unit)
    values = entry(no_id_reason="电话登记", mobile="13800000001", owner_unit=officer.unit.pk)
    officer.client.post(url("person_add"), values | {"different": "1"})
    assert Person.objects.count() == 2
    assert len(duplicate_pairs()) == 1
    assert not NotDuplicate.objects.exists()


def test_a_broken_number_is_told_while_typing(department):
    said = department.client.post(url("person_check"), entry(id_number="1.40823E+17")).content.decode()
    assert "talent-warning--danger" in said


def test_the_page_is_saved_with_study_and_work(department):
    found = person()
    values = form_values(department.client, url("person_change", found.pk))
    values |= {
        "name": "欧阳 示例",
        "field_names": "遥感",
        "educations-TOTAL_FORMS": "1",
        "educations-0-university_name": "示例大学",
        "educations-0-person": str(found.pk),
    }
    answer = department.client.post(url("person_change", found.pk), values)
    assert answer.status_code == 302, answer.context_data["errors"]
    found.refresh_from_db()
    assert (found.name, found.educations.get().place, found.mobile) == ("欧阳示例", "示例大学", "")


def test_everything_about_a_person_stands_under_tabs(department):
    found = person()
    contact(found, summary="示例通话")
    page = department.client.get(url("person_change", found.pk)).content.decode()
    for key in ("contacts", "databases", "network", "agreements", "way"):
        assert page.count(f'href="#dataset-{key}"') == 1
        assert page.count(f'id="dataset-{key}-group"') == 1
    assert "联系记录与下一步 1" in " ".join(page.split())
    assert "示例通话" in page


def test_saving_keeps_the_sealed_numbers(department):
    found = person(number=id_number(), mobile="13800000001")
    department.client.post(
        url("person_change", found.pk), form_values(department.client, url("person_change", found.pk))
    )
    again = Person.objects.get()
    assert (again.id_number, again.mobile, again.revision) == (found.id_number, "13800000001", 2)


def test_revealing_asks_why(department):
    found = person(number=id_number(), mobile="13800000001")
    address = url("person_reveal", found.pk)
    assert found.id_number not in department.client.get(address).content.decode()
    assert found.id_number not in department.client.post(address, {"fields_shown": ["id_number"]}).content.decode()
    answer = department.client.post(address, {"fields_shown": ["id_number"], "reason": "核对身份"})
    assert found.id_number in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert AuditEntry.objects.filter(verb=Verb.REVEALED, subject_id=str(found.pk)).count() == 1


def test_a_contact_takes_two_clicks(officer):
    found = person(owner_unit=officer.unit)
    address = url("person_log_contact", found.pk)
    form = officer.client.get(address).context_data["form"]
    values = {field.html_name: field.value() for field in form if field.value() not in {None, ""}}
    assert officer.client.post(address, values).status_code == 302
    kept = Contact.objects.get()
    assert (kept.step_state, kept.next_owner, kept.person.last_contacted_on) == (
        StepState.OPEN,
        officer.user,
        timezone.localdate(),
    )


def test_a_contact_without_a_step_needs_the_reason(officer):
    found = person(owner_unit=officer.unit)
    values = {"kind": "visit", "on": timezone.localdate().isoformat()}
    officer.client.post(url("person_log_contact", found.pk), values)
    assert not Contact.objects.exists()
    officer.client.post(url("person_log_contact", found.pk), values | {"no_step_reason": "本人不愿再联系"})
    assert Contact.objects.get().step_state == StepState.NONE


def test_a_unit_sees_its_own_people_everywhere(officer):
    mine, other = person(owner_unit=officer.unit, name="本单位人"), person(name="外单位人")
    step = contact(other, due=timezone.localdate())
    for address in (url("person_changelist"), url("contact_board"), url("contact_changelist")):
        assert "外单位人" not in officer.client.get(address).content.decode()
    assert mine.name in officer.client.get(url("person_changelist")).content.decode()
    for address in (
        url("person_change", other.pk),
        url("person_reveal", other.pk),
        url("person_log_contact", other.pk),
        url("contact_settle", step.pk),
    ):
        assert officer.client.get(address).status_code == 404
    assert officer.client.get(url("person_duplicates")).status_code == 403


def test_the_list_finds_narrows_and_counts(department, django_assert_max_num_queries):
    university = UniversityFactory(name="示例理工大学")
    found = person(name="李晓婷", native_township="甲镇", study=[{"university": university}], fields=["遥感"])
    for _each in range(3):
        person(native_township="乙镇")
    page = department.client.get(url("person_changelist"), {"q": "lxt 理工 遥感"}).content.decode()
    assert "李晓婷" in page
    assert "talent-chip" in page
    with django_assert_max_num_queries(40):
        department.client.get(url("person_changelist"))
    for query in ({"township": "甲镇"}, {"university": university.pk}, {"field": "遥感"}):
        listed = department.client.get(url("person_changelist"), query).context_data["cl"].result_list
        assert list(listed) == [found]
    for query in ({"university": "x"}, {"database": "nothing"}):
        assert not department.client.get(url("person_changelist"), query).context_data["cl"].result_list


def test_counting_stops_at_the_cap(department, monkeypatch):
    monkeypatch.setattr("wenxi_portal.core.admin.changelist.CappedPaginator.cap", 2)
    for _each in range(4):
        person()
    assert department.client.get(url("person_changelist")).context_data["cl"].result_count == 2


def test_duplicates_are_compared_merged_and_taken_back(department):
    one, two = person(name="李示例", mobile="13800000001"), person(name="李示例", mobile="13800000001")
    compare = url("person_compare", one.pk, two.pk)
    assert compare in department.client.get(url("person_duplicates")).content.decode()
    assert "13800000001" not in department.client.get(compare).content.decode()
    department.client.post(compare, {"choice": "first", "reason": "同一人"})
    merge = Merge.objects.get()
    assert (merge.kept, merge.gone) == (one, two)
    assert department.client.get(compare).status_code == 404
    assert department.client.get(url("person_change", two.pk)).status_code == 200
    department.client.post(url("person_undo_merge", merge.pk), {"reason": "弄错了"})
    department.client.post(compare, {"choice": "apart", "reason": "父子共用电话"})
    assert NotDuplicate.objects.count() == 1
    assert compare not in department.client.get(url("person_duplicates")).content.decode()
    department.client.post(url("person_duplicates"), {"apart": NotDuplicate.objects.get().pk})
    assert compare in department.client.get(url("person_duplicates")).content.decode()


def test_who_can_introduce_us(department):
    university = UniversityFactory(name="示例远方大学")
    known, middle = person(name="熟人甲"), person(name="中间乙", work=[{"employer_name": "示例公司"}])
    target = person(name="教授丙", work=[{"employer_name": "示例公司"}], study=[{"university": university}])
    contact(known)
    introduce(introducer=known, introduced=middle, actor=None)
    page = department.client.get(url("person_chains"), {"person": target.pk}).content.decode()
    assert page.count("<circle") == 4
    for name in ("熟人甲", "中间乙", "教授丙"):
        assert name in page
    page = department.client.get(url("person_chains"), {"place": university.pk}).content.decode()
    assert "熟人甲" in page
    assert "教授丙" in department.client.get(url("person_chains"), {"q": "教授"}).content.decode()
    assert "<svg" not in department.client.get(url("person_chains"), {"person": person().pk}).content.decode()


def test_board_week_and_feed(department, client):
    today = timezone.localdate()
    late = contact(person(name="迟到人"), due=today - timedelta(days=3), owner=department.user)
    contact(person(name="今日人"), due=today, owner=department.user)
    for address in (url("contact_board"), url("contact_week")):
        page = department.client.get(address).content.decode()
        assert "迟到人" in page
        assert "今日人" in page
    page = department.client.post(url("contact_week"), {"feed": "renew"}).context_data
    feed = client.get(page["secret"])
    text = feed.content.decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert "迟到人" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    department.client.post(url("contact_week"), {"feed": "revoke"})
    assert client.get(page["secret"]).status_code == 404
    department.client.post(url("contact_settle", late.pk), {"to_state": "done", "note": "已通话"})
    assert Contact.objects.get(pk=late.pk).step_state == StepState.DONE


def test_everything_open_is_handed_over_with_a_briefing(department):
    leaving, taking = staff(name="离任经办"), staff(name="接任经办")
    step = contact(person(name="被移交人"), due=timezone.localdate(), owner=leaving)
    settled = contact(owner=leaving)
    agreement = move_flexible(
        agreement=flexible(person=person(name="被移交专家")), to_state="signed", actor=leaving, reason="示例"
    )
    TownshipCollector.objects.create(user=leaving, township="示例镇")
    values = {"from_user": leaving.pk, "to_user": taking.pk, "reason": "调离"}
    answer = department.client.post(url("contact_hand_over"), values)
    given = HandOver.objects.get()
    assert answer.headers["Location"] == url("contact_briefing", given.pk)
    briefing = department.client.get(answer.headers["Location"]).content.decode()
    assert all(words in briefing for words in ("被移交人", "被移交专家", "示例镇"))
    for row in (step, settled, agreement):
        row.refresh_from_db()
    assert (step.next_owner, settled.next_owner, agreement.owner) == (taking, None, taking)
    assert TownshipCollector.objects.get().user == taking
    briefing = {"people": [], "contacts": [step.pk], "agreements": [agreement.pk], "townships": ["示例镇"]}
    assert given.briefing == briefing
    assert not with_something_open().filter(pk=leaving.pk).exists()


def test_steps_of_who_has_left_are_waved_about(department):
    leaving = staff()
    contact(due=timezone.localdate(), owner=leaving)
    leaving.is_active = False
    leaving.save()
    assert "person_off" in department.client.get(reverse("admin:index")).content.decode()


def test_channels_introductions_and_agreements_are_entered(department):
    one, two, host = person(), person(), HostFactory()
    department.client.post(url("channel_add"), {"kind": "station", "name": "示例服务站", "is_active": "on"})
    department.client.post(url("introduction_add"), {"introducer": one.pk, "introduced": two.pk})
    assert Introduction.objects.get().recorded_by == department.user
    agreement = flexible(person=one, host=host)
    for name, args in {
        "person_take_part": [one.pk],
        "person_join": [one.pk],
        "person_withdraw": [one.pk],
        "person_ask_whether_correct": [one.pk],
        "person_change_mobile": [one.pk],
        "person_change_document": [one.pk],
        "flexibleagreement_sign": [agreement.pk],
        "flexibleagreement_add_paper": [agreement.pk],
        "flexibleagreement_change": [agreement.pk],
        "channel_change": [ChannelFactory().pk],
    }.items():
        assert department.client.get(url(name, *args)).status_code == 200, name
    department.client.post(url("flexibleagreement_sign", agreement.pk), {"reason": "双方签字"})
    agreement.refresh_from_db()
    assert agreement.state == "signed"


def test_coverage_counts_own_people_only(department, officer):
    university = UniversityFactory(name="示例理工大学")
    contact(
        person(owner_unit=officer.unit, study=[{"university": university}], fields=["遥感"], native_township="甲镇")
    )
    person(native_township="甲镇")
    whole = department.client.get(url("person_coverage")).context_data["coverage"]
    assert (whole.whole.people, whole.whole.in_touch, whole.whole.percent) == (2, 1, 50)
    assert [(row.name, row.people, row.in_touch) for row in whole.townships] == [("甲镇", 2, 1)]
    own = officer.client.get(url("person_coverage")).context_data["coverage"]
    assert (own.whole.people, own.universities[0].name, own.fields[0].name) == (1, "示例理工大学", "遥感")
