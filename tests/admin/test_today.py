"""The first page: what waits, for whom, oldest first, overdue in words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bases.models import Agreement, Base
from tests.factories.accounts import staff
from tests.factories.bases import AgreementFactory, BaseFactory
from wenxi_portal.accounts.enums import Role

pytestmark = pytest.mark.django_db
INDEX = "admin:index"
# Who asks and what they may do: 5; a count a room: 4; the rest: lines of the queues with rows, and the frame.
STATEMENTS = 17


def queues(client):
    response = client.get(reverse(INDEX))
    assert response.status_code == 200
    return {queue.title: queue for queue in response.context_data["queues"]}


def test_nothing_waits_is_said_kindly(department):
    assert "今天没有待办事项" in department.client.get(reverse(INDEX)).rendered_content


def test_overdue_agreements_come_first_and_are_told_in_words(department):
    today = timezone.localdate()
    AgreementFactory(signed=True, valid_until=today - timedelta(days=3))
    older = AgreementFactory(signed=True, valid_until=today - timedelta(days=30))
    BaseFactory(planned=True)
    found = queues(department.client)
    assert next(iter(found)) == "协议已到期未办结"
    lines = found["协议已到期未办结"].lines
    assert lines[0].title == older.title
    assert [line.words for line in lines] == ["逾期30天", "逾期3天"]
    assert all(line.overdue for line in lines)


def test_each_agreement_waits_on_one_step_of_the_ladder(department):
    today = timezone.localdate()
    for days in (0, 7, 8, 30, 31, 90, 91):
        AgreementFactory(signed=True, valid_until=today + timedelta(days=days))
    found = queues(department.client)
    assert [found[f"协议{step}天内到期"].total for step in (7, 30, 90)] == [2, 2, 2]
    assert [line.words for line in found["协议7天内到期"].lines] == ["今天到期", "还剩7天"]


def test_old_intents_and_missing_scans_wait(department):
    intent = AgreementFactory()
    Agreement.objects.filter(pk=intent.pk).update(created_at=timezone.now() - timedelta(days=200))
    AgreementFactory(signed=True)
    found = queues(department.client)
    assert found["合作意向久未签约"].lines[0].words == "逾期20天"
    assert found["已签协议缺签字扫描件"].total == 1


def test_sample_parameters_are_marked_and_can_be_set(department, settings):
    settings.PORTAL_PLANNED_DAYS = 10
    base = BaseFactory(planned=True)
    Base.objects.filter(pk=base.pk).update(created_at=timezone.now() - timedelta(days=12))
    queue = queues(department.client)["筹建基地待授牌"]
    assert "10天" in queue.note
    assert "示例参数" in queue.note
    assert queue.lines[0].overdue
    assert queue.note in department.client.get(reverse(INDEX)).rendered_content


def test_an_officer_is_told_of_the_own_rows_only(officer):
    BaseFactory(planned=True, lead_unit=officer.unit)
    BaseFactory(planned=True)
    assert queues(officer.client)["筹建基地待授牌"].total == 1


def test_each_queue_opens_a_list_of_as_many_rows(department):
    today = timezone.localdate()
    for days in (-3, 5, 20, 80):
        AgreementFactory(signed=True, valid_until=today + timedelta(days=days))
    intent = AgreementFactory()
    Agreement.objects.filter(pk=intent.pk).update(created_at=timezone.now() - timedelta(days=200))
    BaseFactory(planned=True)
    BaseFactory(unveiled=True, local_partner=None)
    found = queues(department.client)
    assert len(found) == 8
    for queue in found.values():
        listed = department.client.get(queue.url).context_data["cl"]
        assert listed.result_count == queue.total, queue.title


@pytest.mark.parametrize("role", [Role.FINANCE, Role.SYSTEM_ADMINISTRATOR])
def test_those_without_bases_have_a_quiet_desk(client, role):
    BaseFactory(planned=True)
    client.force_login(staff(role))
    assert queues(client) == {}


def test_the_desk_counts_a_room_in_one_statement(department, django_assert_num_queries):
    AgreementFactory(signed=True, valid_until=timezone.localdate() - timedelta(days=3))
    BaseFactory(planned=True)
    queues(department.client)
    with django_assert_num_queries(STATEMENTS):
        assert len(queues(department.client)) > 1
