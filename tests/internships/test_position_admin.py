"""The lead unit's desk: what waits for review, who may publish, many at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from internships.enums import PositionState
from internships.models import Position
from tests.admin.posting import form_values
from tests.factories.accounts import staff
from tests.factories.internships import PositionFactory
from tests.factories.organisations import LeadUnitFactory, MembershipFactory
from wenxi_portal.accounts.enums import Role

pytestmark = pytest.mark.django_db
LIST = reverse("admin:internships_position_changelist")
ADD = reverse("admin:internships_position_add")


def deed(position, name):
    return reverse(f"admin:internships_position_{name}", args=[position.pk])


@pytest.fixture
def unit(client):
    membership = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER), organisation=LeadUnitFactory())
    client.force_login(membership.user)
    return membership.organisation


@pytest.mark.parametrize(
    ("traits", "buttons"),
    [
        ({"draft": True}, {"review", "close"}),
        ({"in_review": True}, {"publish", "hand-back", "close"}),
        ({}, {"hand-back", "close"}),
        ({"closed": True}, {"review"}),
    ],
)
def test_buttons_follow_the_state(client, unit, traits, buttons):
    position = PositionFactory(lead_unit=unit, **traits)
    page = client.get(reverse("admin:internships_position_change", args=[position.pk]))
    assert page.status_code == 200
    found = {button["path"].rstrip("/").rsplit("/", 1)[-1] for button in page.context_data["actions_detail"]}
    assert found == buttons | {"reminders"}


def test_an_officer_enters_for_a_host_publishes_and_hands_back(client, unit):
    sample = PositionFactory(lead_unit=unit)
    form = form_values(client, reverse("admin:internships_position_change", args=[sample.pk]))
    form |= {"title": "示例岗位新", "work": "", "expected_revision": "", "levels": ["master"]}
    assert client.post(ADD, form).status_code == 302
    made = Position.objects.get(title="示例岗位新")
    assert (made.state, made.levels) == (PositionState.DRAFT, ["master"])
    refused = client.post(deed(made, "review"))
    assert refused.status_code == 200
    Position.objects.filter(pk=made.pk).update(work="示例")
    assert client.post(deed(made, "review")).status_code == 302
    assert client.post(deed(made, "publish"), {"reason": ""}).status_code == 302
    made.refresh_from_db()
    assert made.state == PositionState.PUBLISHED
    assert client.post(deed(made, "give_back"), {"reason": ""}).status_code == 200
    assert client.post(deed(made, "give_back"), {"reason": "示例"}).status_code == 302
    assert client.post(deed(made, "publish"), {"reason": ""}).status_code == 409
    history = client.get(reverse("admin:internships_position_history", args=[made.pk]))
    assert history.status_code == 200


def test_the_queue_tells_how_many_and_what_is_overdue(client, unit):
    late, fresh = PositionFactory(lead_unit=unit, in_review=True), PositionFactory(lead_unit=unit, in_review=True)
    Position.objects.filter(pk=late.pk).update(updated_at=timezone.now() - timedelta(days=20))
    PositionFactory(in_review=True)
    PositionFactory(lead_unit=unit, reconfirmed_on=timezone.localdate() - timedelta(days=29))
    queues = {queue.title: queue for queue in client.get(reverse("admin:index")).context_data["queues"]}
    reviews = queues["待审核岗位"]
    assert (reviews.total, [line.overdue for line in reviews.lines]) == (2, [True, False])
    assert reviews.lines[0].title == late.title != fresh.title
    assert "示例参数" in reviews.note
    assert queues["用人单位久未确认的岗位"].total == 1
    for queue in queues.values():
        assert client.get(queue.url).context_data["cl"].result_count == queue.total
    assert client.get(f"{LIST}?waiting=overdue").context_data["cl"].result_count == 1


def test_many_are_published_at_once_and_the_others_named(client, unit):
    good = [PositionFactory(lead_unit=unit, in_review=True) for _ in range(2)]
    past = PositionFactory(lead_unit=unit, in_review=True, apply_until=timezone.localdate() - timedelta(days=1))
    foreign = PositionFactory(in_review=True)
    chosen = [row.pk for row in (*good, past, foreign)]
    response = client.post(LIST, {"action": "publish_selected", "_selected_action": chosen}, follow=True)
    text = response.content.decode()
    assert "已发布 2 个岗位" in text
    assert past.title in text
    states = dict(Position.objects.values_list("pk", "state"))
    assert [states[pk] for pk in chosen] == ["published", "published", "in_review", "in_review"]


def test_other_units_rows_are_not_found(client, unit):
    other = PositionFactory(in_review=True)
    for address in (deed(other, "change"), deed(other, "publish")):
        assert client.get(address).status_code == 404
    assert client.post(deed(other, "publish"), {"reason": ""}).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ORGANIZATION_DEPARTMENT, 200),
        (Role.AUDITOR, 200),
        (Role.FINANCE, 403),
        (Role.SYSTEM_ADMINISTRATOR, 403),
    ],
)
def test_who_opens_the_list(role, status):
    position = PositionFactory(in_review=True)
    client = Client()
    client.force_login(staff(role))
    assert client.get(LIST).status_code == status
    if role == Role.AUDITOR:
        assert client.post(deed(position, "publish"), {"reason": ""}).status_code == 403
        posted = {"action": "publish_selected", "_selected_action": [position.pk]}
        client.post(LIST, posted)
        position.refresh_from_db()
        assert position.state == PositionState.IN_REVIEW


def test_the_list_is_exported(client, unit):
    PositionFactory(lead_unit=unit)
    response = client.get(reverse("admin:internships_position_export_office"))
    assert b"".join(response.streaming_content).startswith(b"PK")


@pytest.mark.parametrize("count", [1, 6])
def test_the_list_asks_the_database_the_same_number_of_times(client, unit, count, django_assert_max_num_queries):
    for _ in range(count):
        PositionFactory(lead_unit=unit)
    client.get(LIST)
    with django_assert_max_num_queries(16):
        client.get(LIST)
