"""Nothing open belongs to a disabled account: refused with the way to the hand-over, and swept for every night."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from talent.models import Contact, HandOver, Person, TownshipCollector
from talent.selectors.follow_up import with_something_open
from talent.selectors.impossible import CHECKS, count_impossible
from talent.services.contact import hand_over
from talent.services.flexible import move_flexible
from talent.services.officer import name_officer
from talent.services.sweeping import report_impossible
from tests.admin.conftest import at_desk
from tests.admin.posting import form_values
from tests.factories.accounts import staff
from tests.factories.organisations import MembershipFactory
from tests.factories.talent import contact, flexible, person
from wenxi_portal.accounts.belongings import belongings_of
from wenxi_portal.accounts.enums import Role
from wenxi_portal.notifications.models import Message
from wenxi_portal.organisations.models import Membership
from wenxi_portal.saved_views.models import SavedView

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
HAND_OVER = reverse("admin:talent_contact_hand_over")


def busy():
    """Return an officer of a unit with a step, an agreement, a person to answer for and a township."""
    membership = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER), since=TODAY - timedelta(days=99))
    user, unit = membership.user, membership.organisation
    contact(person(owner_unit=unit), due=TODAY, owner=user)
    move_flexible(agreement=flexible(person=person(owner_unit=unit)), to_state="signed", actor=user, reason="示例")
    name_officer(people=[person(owner_unit=unit).pk], officer=user, actor=user)
    TownshipCollector.objects.create(user=user, township="示例镇")
    return membership


def switch(desk, user, **values):
    address = reverse("admin:accounts_user_change", args=[user.pk])
    posted = form_values(desk.client, address) | values
    return desk.client.post(address, {name: value for name, value in posted.items() if value is not None})


def test_an_account_with_something_open_is_not_switched_off():
    user, desk = busy().user, at_desk(staff(Role.SYSTEM_ADMINISTRATOR))
    answer = switch(desk, user, is_active=None)
    text = answer.content.decode()
    assert answer.status_code == 200
    told = ("1 项未办的下一步工作", "1 份生效中的柔性引进协议", "1 名责任联系人员", "1 个负责的乡镇")
    assert all(words in text for words in told)
    assert f'href="{HAND_OVER}"' in text
    user.refresh_from_db()
    assert user.is_active
    hand_over(from_user=user, to_user=staff(), reason="调离", actor=desk.user)
    assert switch(desk, user, is_active=None).status_code == 302
    user.refresh_from_db()
    assert not user.is_active


def test_what_the_taker_could_not_open_is_not_handed_over():
    membership, desk = busy(), at_desk(staff())
    TownshipCollector.objects.all().delete()
    stranger = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER)).user
    colleague = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER), organisation=membership.organisation).user
    values = {"from_user": membership.user.pk, "reason": "调离"}
    refused = desk.client.post(HAND_OVER, values | {"to_user": stranger.pk})
    assert "有 3 项涉及该经办人无权查看的人员" in refused.content.decode()
    assert set(Contact.objects.values_list("next_owner", flat=True)) == {membership.user.pk}
    assert desk.client.post(HAND_OVER, values | {"to_user": colleague.pk}).status_code == 302
    assert set(Contact.objects.values_list("next_owner", flat=True)) == {colleague.pk}
    assert list(colleague.people_in_charge.values_list("owner_unit", flat=True)) == [membership.organisation_id]
    briefing = desk.client.get(reverse("admin:talent_contact_briefing", args=[HandOver.objects.get().pk]))
    assert "责任联系人员" in briefing.content.decode()


def test_what_came_in_after_the_form_was_checked_is_refused_in_words(monkeypatch):
    user, desk = busy().user, at_desk(staff(Role.SYSTEM_ADMINISTRATOR))
    monkeypatch.setattr("wenxi_portal.accounts.admin.forms.why_not_leave", lambda _user: None)
    answer = switch(desk, user, is_active=None)
    assert "请先办理移交" in desk.client.get(answer["Location"]).content.decode()
    user.refresh_from_db()
    assert user.is_active


def test_nor_does_it_lose_its_last_staff_role():
    user, desk = busy().user, at_desk(staff(Role.SYSTEM_ADMINISTRATOR))
    assert f'href="{HAND_OVER}"' in switch(desk, user, roles=[]).content.decode()
    assert switch(desk, user, roles=[Role.FINANCE.value]).status_code == 302


@pytest.mark.parametrize(("days", "status"), [(-1, 200), (0, 200), (30, 302)])
def test_a_membership_does_not_end_over_open_work(days, status):
    membership, desk = busy(), at_desk(staff(Role.SYSTEM_ADMINISTRATOR))
    address = reverse("admin:organisations_membership_change", args=[membership.pk])
    answer = desk.client.post(address, form_values(desk.client, address) | {"until": TODAY + timedelta(days=days)})
    assert answer.status_code == status
    if status == 200:
        assert f'href="{HAND_OVER}"' in answer.content.decode()


def test_nor_over_work_that_came_in_after_the_form_was_checked(monkeypatch):
    membership, desk = busy(), at_desk(staff(Role.SYSTEM_ADMINISTRATOR))
    monkeypatch.setattr("wenxi_portal.organisations.admin.forms.why_not_leave", lambda _user, **_unit: None)
    address = reverse("admin:organisations_membership_change", args=[membership.pk])
    answer = desk.client.post(address, form_values(desk.client, address) | {"until": TODAY})
    assert "请先办理移交" in answer.content.decode()
    membership.refresh_from_db()
    assert membership.until is None


def test_work_about_other_units_people_does_not_hold_a_membership():
    other = MembershipFactory(user=busy().user, since=TODAY - timedelta(days=9))
    assert belongings_of(other.user, organisation_id=other.organisation_id) == []
    assert len(belongings_of(other.user)) == 4


def make_impossible():
    """Do behind the services' backs what they refuse."""
    one, other = busy(), busy()
    one.user.is_active = False
    one.user.save()
    Membership.objects.filter(pk=other.pk).update(until=TODAY - timedelta(days=1))
    stray = contact(due=TODAY, owner=staff())
    stranger = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER)).user
    Contact.objects.filter(pk=stray.pk).update(next_owner=stranger)
    Person.objects.filter(officer=other.user).update(officer=stranger)
    gone = contact(due=TODAY, owner=staff()).person
    type(gone).objects.filter(pk=gone.pk).update(state="withdrawn", email="", id_index=None, mobile_index=None)


def test_the_sweep_counts_every_sort_and_tells_the_department_once(caplog):
    department, stranger = staff(Role.ORGANIZATION_DEPARTMENT), staff(Role.FINANCE)
    assert report_impossible() == {}
    make_impossible()
    expected = dict.fromkeys((check.key for check in CHECKS), 1)
    assert report_impossible() == report_impossible() == count_impossible() == expected
    message = Message.objects.get(recipient=department, channel="inbox")
    assert "8 项未办事项无人负责" in message.subject
    assert not Message.objects.filter(recipient=stranger).exists()
    names = Contact.objects.values_list("person__name", flat=True)
    assert not any(name in caplog.text for name in names)


def test_the_first_page_lists_them():
    make_impossible()
    page = at_desk(staff(Role.ORGANIZATION_DEPARTMENT)).client.get(reverse("admin:index"))
    titles = {queue.title: queue.total for queue in page.context_data["queues"]}
    assert {str(check.words): 1 for check in CHECKS}.items() <= titles.items()


def test_shared_views_are_handed_over_with_everything_else():
    desk = at_desk(staff())
    membership, taker = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER)), staff(Role.LEAD_UNIT_OFFICER)
    user, unit = membership.user, membership.organisation
    MembershipFactory(user=taker, organisation=unit)
    SavedView.objects.create(owner=taker, listing="talent.person", name="重名")
    for name in ("重名", "外单位"):
        shared = unit if name == "重名" else MembershipFactory(user=user).organisation
        SavedView.objects.create(owner=user, listing="talent.person", name=name, shared_with=shared)
    assert [each.words for each in belongings_of(user)] == ["2 条共享给同事的常用查询"]
    assert user in with_something_open()
    hand_over(from_user=user, to_user=taker, reason="调离", actor=desk.user)
    assert belongings_of(user) == []
    assert SavedView.objects.filter(owner=taker, shared_with=unit).count() == 1
