"""An officer answers for a person by name: reminders, rights, list, page, merge."""

import pytest
from django.urls import reverse
from django.utils import timezone

from talent.models import Person
from talent.reminders.people import ContactStale
from talent.services.duplicate import merge_people, undo_merge
from talent.services.officer import name_officer
from talent.services.person import save_person
from tests.admin.conftest import at_desk
from tests.factories.accounts import staff
from tests.factories.organisations import LeadUnitFactory, MembershipFactory
from tests.factories.talent import contact, person
from wenxi_portal.accounts.enums import Role
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LIST = reverse("admin:talent_person_changelist")


@pytest.fixture
def unit():
    return LeadUnitFactory()


@pytest.fixture
def officer(unit):
    return MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER), organisation=unit).user


def hearer(of):
    return ContactStale().open().annotate(told=ContactStale.owner).get(pk=of.pk).told


def test_who_is_named_is_reminded_before_whoever_was_last_in_touch(unit, officer):
    one, caller = person(owner_unit=unit), staff()
    contact(one, actor=caller)
    assert hearer(one) == caller.pk
    assert name_officer(people=[one.pk], officer=officer, actor=caller) == 1
    assert hearer(one) == officer.pk
    assert name_officer(people=[one.pk], officer=officer, actor=caller) == 0
    name_officer(people=[one.pk], officer=None, actor=caller)
    assert hearer(one) == caller.pk


def test_whoever_may_not_open_the_record_cannot_answer_for_it(unit, officer):
    people = [person(owner_unit=unit).pk, person().pk]
    with pytest.raises(DomainError, match="1 人的档案"):
        name_officer(people=people, officer=officer, actor=staff())
    officer.is_active = False
    officer.save()
    with pytest.raises(DomainError) as refused:
        name_officer(people=people[:1], officer=officer, actor=staff())
    assert refused.value.code == "owner"
    assert not Person.objects.filter(officer__isnull=False).exists()


def test_a_person_does_not_move_out_of_the_officers_sight(unit, officer):
    one = person(owner_unit=unit)
    name_officer(people=[one.pk], officer=officer, actor=staff())
    one.owner_unit = LeadUnitFactory()
    with pytest.raises(DomainError, match="联系责任人"):
        save_person(person=one, actor=None)
    one.refresh_from_db()
    one.note = "示例"
    assert save_person(person=one, actor=None).officer_id == officer.pk


def test_a_merge_takes_the_officer_along_and_gives_it_back(unit, officer):
    kept, gone = person(owner_unit=unit), person(owner_unit=unit)
    name_officer(people=[gone.pk], officer=officer, actor=staff())
    merge = merge_people(kept=kept, gone=gone, actor=None, reason="示例")
    kept.refresh_from_db()
    assert kept.officer_id == officer.pk
    undo_merge(merge=merge, actor=None, reason="示例")
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.officer_id, gone.officer_id) == (None, officer.pk)


def test_many_get_an_officer_from_the_list_and_are_found_by_it(unit, officer):
    people, desk = [person(owner_unit=unit, name=name) for name in ("测试甲", "测试乙")], at_desk(officer)
    foreign = person(name="测试外")
    chosen = {"action": "name_officer_selected", "_selected_action": [each.pk for each in people]}
    page = desk.client.post(LIST, chosen)["Location"]
    told = desk.client.get(page).content.decode()
    assert "共 2 人：" in told
    assert desk.client.post(f"{page},{foreign.pk}", {"officer": officer.pk}).status_code == 302
    assert set(Person.objects.filter(officer=officer)) == set(people)
    mine, nobody = (desk.client.get(f"{LIST}?officer={value}").content.decode() for value in ("me", "none"))
    assert "测试甲" in mine
    assert "测试甲" not in nobody
    assert desk.client.get(f"{LIST}?officer=99999999999999999999").status_code == 200


def test_the_page_shows_and_changes_it(unit, officer):
    one, desk = person(owner_unit=unit), at_desk(officer)
    address = reverse("admin:talent_person_change", args=[one.pk])
    deed = address.replace("change/", "officer/")
    assert desk.client.post(deed, {"officer": staff(Role.LEAD_UNIT_OFFICER).pk}).status_code == 200
    assert desk.client.post(deed, {"officer": officer.pk}).status_code == 302
    assert officer.name in desk.client.get(address).content.decode()
