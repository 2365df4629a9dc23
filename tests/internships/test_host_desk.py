"""A host's own positions: drafts kept, one tap to confirm, nothing lost and nothing twice."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from internships.enums import PositionState
from internships.models import Position
from internships.services.position import hand_back
from tests.factories.accounts import UserFactory, staff
from tests.factories.internships import ApplicationFactory, PositionFactory
from tests.factories.organisations import HostFactory, LeadUnitFactory, MembershipFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.organisations.models import Membership

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("host_desk:positions"), reverse("host_desk:position_new")


def at(name, position, *args):
    return reverse(f"host_desk:{name}", args=[position.pk, *args])


@pytest.fixture
def host(client):
    membership = MembershipFactory(organisation=HostFactory(), user=UserFactory(role=Role.HOST))
    client.force_login(membership.user)
    return membership.organisation


def values(house, **changed):
    today = timezone.localdate()
    return {
        "title": "示例岗位甲", "sector": "enterprise", "work": "示例工作", "seats": "3", "levels": ["bachelor"],
        "disciplines": ["08"], "majors": "材料、机械，材料", "starts_on": today + timedelta(days=40),
        "ends_on": today + timedelta(days=90), "apply_until": today + timedelta(days=30), "hours_a_day": "8",
        "days_a_week": "5", "place": "示例镇", "host": house.pk, "lead_unit": LeadUnitFactory().pk, **changed,
    }  # fmt: skip


def test_a_draft_is_kept_and_sent(client, host):
    response = client.post(NEW, values(host, work="", place=""))
    draft = Position.objects.get()
    assert response.url == at("position", draft)
    assert (draft.state, draft.majors, draft.host) == ("draft", ["材料", "机械"], host)
    page = client.get(at("position_edit", draft)).content.decode()
    assert "材料、机械" in page
    client.post(at("position_edit", draft), values(host, lead_unit=draft.lead_unit_id, expected_revision=1, send="1"))
    draft.refresh_from_db()
    assert draft.state == PositionState.IN_REVIEW
    assert draft.state_changes.count() == 2


def test_a_new_form_is_filled_with_what_is_known(client, host):
    PositionFactory(host=host, place="云上镇")
    form = client.get(NEW).context["form"]
    assert (form["host"].value(), form["place"].value()) == (host.pk, "云上镇")
    assert form["apply_until"].value() < form["starts_on"].value() < form["ends_on"].value()


def test_a_form_sent_twice_makes_one_position(client, host):
    form = values(host)
    first, second = client.post(NEW, form), client.post(NEW, form)
    assert first.url == second.url
    assert Position.objects.count() == 1
    changed = client.post(NEW, {**form, "work": "另一份工作"})
    assert changed.status_code == 200
    assert "请在原岗位上增加名额" in changed.content.decode()


def test_what_is_wrong_stands_beside_its_field_and_on_top(client, host):
    today = timezone.localdate()
    wrong = values(host, title="", seats="0", ends_on=today - timedelta(days=9), apply_until="2027-02-29")
    page = client.post(NEW, wrong).content.decode()
    assert 'class="error-summary"' in page
    for name in ("title", "seats", "ends_on", "apply_until"):
        assert f'href="#id_{name}"' in page
    assert not Position.objects.exists()
    numbers = client.post(NEW, values(host, work="请拨打13812345678联系"))
    assert 'href="#id_work"' in numbers.content.decode()


def test_no_host_and_no_unit_of_others_can_be_chosen(client, host):
    assert client.post(NEW, values(host, host=HostFactory().pk)).status_code == 200
    assert client.post(NEW, values(host, lead_unit=host.pk)).status_code == 200
    assert not Position.objects.exists()


def test_the_list_says_what_waits(client, host):
    draft, published = PositionFactory(host=host, draft=True), PositionFactory(host=host)
    silent = PositionFactory(host=host, reconfirmed_on=timezone.localdate() - timedelta(days=25))
    other = PositionFactory()
    ApplicationFactory(position=published)
    page = client.get(LIST).content.decode()
    assert other.title not in page
    assert "有 1 份申请等待答复" in page
    assert "确认岗位仍然有效" in page
    quiet = PositionFactory(host=host)
    again = client.get(LIST).content.decode()
    assert max(again.index(row.title) for row in (draft, silent, published)) < again.index(quiet.title)


def test_one_tap_confirms(client, host):
    silent = PositionFactory(host=host, reconfirmed_on=timezone.localdate() - timedelta(days=25))
    for _ in range(2):
        assert client.post(at("position_move", silent, "confirm")).url == at("position", silent)
    silent.refresh_from_db()
    assert silent.reconfirmed_on == timezone.localdate()


def test_closing_twice_closes_once_and_reopening_asks_for_a_review(client, host):
    position = PositionFactory(host=host)
    for _ in range(2):
        client.post(at("position_move", position, "close"))
    position.refresh_from_db()
    assert (position.state, position.closing_cause, position.state_changes.count()) == ("closed", "host", 1)
    assert client.get(at("position_edit", position)).status_code == 302
    client.post(at("position_move", position, "submit"))
    position.refresh_from_db()
    assert position.state == PositionState.IN_REVIEW


def test_a_refusal_is_said_in_words(client, host):
    position = PositionFactory(host=host, draft=True, apply_until=timezone.localdate() - timedelta(days=1))
    response = client.post(at("position_move", position, "submit"), follow=True)
    assert "报名截止日期已过" in response.content.decode()


def test_a_handed_back_one_tells_why(client, host):
    position = PositionFactory(host=host, in_review=True)
    hand_back(position=position, actor=None, reason="请写明地点")
    assert "已退回：请写明地点" in client.get(LIST).content.decode()
    assert "请写明地点" in client.get(at("position", position)).content.decode()


def test_two_tabs(client, host):
    position = PositionFactory(host=host, draft=True)
    form = values(host, lead_unit=position.lead_unit_id, expected_revision=1)
    assert client.post(at("position_edit", position), form).status_code == 302
    late = client.post(at("position_edit", position), {**form, "title": "示例岗位乙"})
    assert late.status_code == 200
    position.refresh_from_db()
    assert position.title == "示例岗位甲"


def test_what_was_written_while_signed_out_is_still_there(client, host):
    user = Membership.objects.get(organisation=host).user
    writer = str(client.get(NEW).context["request"].writer)
    client.logout()
    response = client.post(NEW, values(host, title="写了很久的岗位", writer=writer))
    assert response.url.startswith(reverse("account_login"))
    assert not Position.objects.exists()
    client.force_login(user)
    page = client.get(NEW).content.decode()
    assert "写了很久的岗位" in page
    assert "填写的内容还在" in page
    assert "写了很久的岗位" not in client.get(NEW).content.decode()


@pytest.mark.parametrize(
    "role", [None, Role.STUDENT, Role.UNIVERSITY_LIAISON, Role.HOST, Role.LEAD_UNIT_OFFICER, Role.FINANCE]
)
def test_others_find_nothing(role):
    position = PositionFactory()
    client = Client()
    if role:
        user = staff(role) if role in {Role.LEAD_UNIT_OFFICER, Role.FINANCE} else UserFactory(role=role)
        if role == Role.HOST:
            MembershipFactory(organisation=HostFactory(), user=user)
        client.force_login(user)
    for address in (at("position", position), at("position_edit", position)):
        assert client.get(address).status_code == (404 if role else 302)
    assert client.post(at("position_move", position, "close")).status_code == (404 if role else 302)
    assert client.get(LIST).status_code == {None: 302, Role.HOST: 200}.get(role, 404)
    position.refresh_from_db()
    assert position.state == PositionState.PUBLISHED


def test_staff_led_here_by_a_message_find_it_on_their_desk(client):
    position = PositionFactory()
    client.force_login(staff(Role.ORGANIZATION_DEPARTMENT))
    assert client.get(at("position", position)).url == reverse("admin:internships_position_change", args=[position.pk])


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_asks_the_database_the_same_number_of_times(client, host, django_assert_num_queries, count):
    PositionFactory.create_batch(count, host=host)
    client.get(LIST)
    with django_assert_num_queries(5):
        client.get(LIST)
