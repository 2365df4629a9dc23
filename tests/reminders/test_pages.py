"""Why (not) reminded, the outage report, the watchdog, the calendar: as the staff see them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.accounts import staff
from tests.factories.bases import AgreementFactory
from tests.reminders.ladders import at, watched
from tests.reminders.test_working_days import NOTICE_2026
from wenxi_portal.accounts.enums import Role
from wenxi_portal.core.errors import DomainError
from wenxi_portal.reminders.enums import Pulse, SkipReason
from wenxi_portal.reminders.models import Deadline, Heartbeat, Holiday, LedgerEntry, ScanRun
from wenxi_portal.reminders.selectors.outages import latest_outages
from wenxi_portal.reminders.selectors.watchdog import silent
from wenxi_portal.reminders.services.heartbeats import beat
from wenxi_portal.reminders.services.scanning import scan
from wenxi_portal.reminders.services.settling import settle
from wenxi_portal.reminders.services.tidying import forget_empty_runs

pytestmark = pytest.mark.django_db


def page(user, address, **data):
    client = Client()
    client.force_login(user)
    return client.get(address, data)


def why(record):
    return reverse("admin:bases_agreement_why_reminded", args=[record.pk])


def test_the_page_tells_who_was_reminded_and_what_comes_next():
    one = watched("agreement_expiring")
    scan(now=at(-30))
    text = page(one.officer, why(one.record)).rendered_content
    for words in ("提前90天", "提前30天", "提前7天", str(one.officer), "站内信", "已有更近的一次提醒"):
        assert words in text


def test_a_record_without_a_date_says_so(client):
    record = AgreementFactory()
    client.force_login(staff(Role.ORGANIZATION_DEPARTMENT))
    assert "没有需要提醒的日期" in client.get(why(record)).rendered_content


def test_it_is_hidden_with_the_record():
    one, other = watched("agreement_expiring"), AgreementFactory()
    assert page(one.officer, why(other)).status_code == 404


def test_the_button_stands_on_agreements_and_bases():
    one, base = watched("agreement_expiring"), watched("base_quiet")
    assert (
        why(one.record)
        in page(one.officer, reverse("admin:bases_agreement_change", args=[one.record.pk])).rendered_content
    )
    address = reverse("admin:bases_base_why_reminded", args=[base.record.pk])
    assert address in page(base.officer, reverse("admin:bases_base_change", args=[base.record.pk])).rendered_content


def test_settled_on_paper_skips_the_rest_with_the_reason():
    one = watched("agreement_expiring")
    scan(now=at(-90))
    client = Client()
    client.force_login(one.officer)
    address = reverse("admin:bases_agreement_settle", args=[one.record.pk, "agreement_expiring"])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "已电话约定续签"}).status_code == 302
    skipped = LedgerEntry.objects.filter(reason=SkipReason.SETTLED)
    assert list(skipped.order_by("pk").values_list("step", "note")) == [
        ("30d", "已电话约定续签"), ("7d", "已电话约定续签"), ("escalation", "已电话约定续签"),
    ]  # fmt: skip
    assert scan(now=at(-7)).sent == 0
    assert client.post(address, {"reason": "再次"}).status_code == 200
    assert "已电话约定续签" in client.get(why(one.record)).rendered_content


@pytest.mark.parametrize("kind", ["nomination_unanswered", "base_quiet"])
def test_the_deed_opens_on_every_page_that_offers_it(kind):
    one = watched(kind)
    name = one.record._meta.model_name
    app = one.record._meta.app_label
    address = reverse(f"admin:{app}_{name}_settle", args=[one.record.pk, kind])
    scan(now=at(-1))
    assert page(staff(Role.ORGANIZATION_DEPARTMENT), address).status_code == 200


def test_settling_needs_a_reason():
    one = watched("agreement_expiring")
    scan(now=at(-90))
    with pytest.raises(DomainError):
        settle(deadline=Deadline.objects.get(), actor=one.officer, reason="  ")


def test_auditors_read_and_settle_nothing():
    one = watched("agreement_expiring")
    scan(now=at(-90))
    auditor = staff(Role.AUDITOR)
    address = reverse("admin:bases_agreement_settle", args=[one.record.pk, "agreement_expiring"])
    assert address not in page(auditor, why(one.record)).rendered_content
    assert page(auditor, address).status_code == 403


def test_the_outage_report_counts_what_was_caught_up_and_skipped():
    watched("agreement_expiring")
    scan(now=at(-95))
    scan(now=at(-25))
    [outage] = latest_outages()
    assert (outage.since, outage.until) == (at(-95), at(-25))
    assert outage.caught_up == 4
    assert outage.skipped == [("已有更近的一次提醒", 1)]
    text = page(staff(Role.ORGANIZATION_DEPARTMENT), reverse("admin:reminders_scanrun_changelist")).rendered_content
    flat = " ".join(text.split())
    assert "补发4条提醒，跳过1条：已有更近的一次提醒 1" in flat, flat[flat.find("停运情况") :][:600]


def test_regular_runs_are_no_outage():
    for minutes in (0, 5, 10, 15):
        scan(now=at(-95) + timedelta(minutes=minutes))
    assert latest_outages() == []


def test_empty_runs_are_forgotten_after_a_month():
    old = timezone.now() - timedelta(days=40)
    ScanRun.objects.create(started_at=old, ended_at=old)
    kept = ScanRun.objects.create(started_at=old, ended_at=old, silent_since=old - timedelta(days=1))
    assert forget_empty_runs() == 1
    assert list(ScanRun.objects.all()) == [kept]


def test_the_watchdog_is_quiet_while_hearts_beat():
    now = timezone.now()
    for pulse in Pulse:
        beat(pulse, now=now)
    assert silent(now=now + timedelta(minutes=9)) == []


@pytest.mark.parametrize("pulse", list(Pulse))
def test_ten_minutes_of_silence_turn_everything_red(pulse, client):
    now = timezone.now()
    for each in Pulse:
        beat(each, now=now)
    Heartbeat.objects.filter(name=pulse).update(at=now - timedelta(minutes=11))
    answer = client.get(reverse("pages:health"))
    assert answer.status_code == 503
    assert answer.json()[pulse.value] == "down"
    text = page(staff(Role.FINANCE), reverse("admin:index")).rendered_content
    assert "后台任务已停止运行" in text
    assert str(pulse.label) in text


def test_who_was_never_heard_is_silent_too():
    Heartbeat.objects.all().delete()
    assert {silence.pulse for silence in silent()} == {Pulse.BEAT, Pulse.WORKER}


def test_a_dead_clock_does_not_accuse_the_worker(client):
    now = timezone.now()
    for each in Pulse:
        beat(each, now=now)
    # Without a clock nothing comes through to the worker either.
    Heartbeat.objects.filter(name__in=[Pulse.BEAT, Pulse.TASKS]).update(at=now - timedelta(hours=2))
    answer = client.get(reverse("pages:health")).json()
    assert (answer["beat"], answer["worker"], answer["tasks"]) == ("down", "ok", "ok")
    text = page(staff(Role.FINANCE), reverse("admin:index")).rendered_content
    assert str(Pulse.BEAT.label) in text
    assert str(Pulse.TASKS.label) not in text


def test_two_living_ends_without_a_way_between_are_told_apart():
    now = timezone.now()
    for each in (Pulse.BEAT, Pulse.WORKER):
        beat(each, now=now)
    Heartbeat.objects.filter(name=Pulse.TASKS).delete()
    assert [silence.pulse for silence in silent()] == [Pulse.TASKS]


def test_a_notice_is_pasted_in_the_admin():
    Holiday.objects.filter(day__year=2026).delete()
    client = Client()
    client.force_login(staff(Role.ORGANIZATION_DEPARTMENT))
    address = reverse("admin:reminders_holiday_add")
    assert client.get(address).status_code == 200
    assert client.post(address, {"year": 2026, "text": "没有", "source": ""}).status_code == 200
    response = client.post(address, {"year": 2026, "text": NOTICE_2026, "source": "国办发明电"})
    assert response.status_code == 302
    assert Holiday.objects.filter(day__year=2026).count() == 39
    text = client.get(reverse("admin:reminders_holiday_changelist")).rendered_content
    assert "调休上班" in text


def test_years_that_are_missing_are_named():
    Holiday.objects.all().delete()
    text = page(staff(Role.ORGANIZATION_DEPARTMENT), reverse("admin:reminders_holiday_changelist")).rendered_content
    assert f"{timezone.localdate().year}年放假通知尚未录入" in text
