"""The yearly question goes out by itself: once a year and person, with consent, by the way that was asked for."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from talent import tasks
from talent.models import Person, SelfCheck
from talent.selectors.people import due_for_self_check
from talent.services import asking, self_check
from talent.services.asking import ask_everyone_due, send_left_behind
from talent.services.own_data import withdraw
from tests.factories.accounts import staff
from tests.factories.talent import person
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.sms import RecordingGateway

pytestmark = pytest.mark.django_db


def willing(**kwargs):
    values = {"mobile": "13800000001", "consent_on": timezone.localdate() - timedelta(days=400)} | kwargs
    return person(**values)


def link(token):
    return f"https://portal.example.invalid/{token}/"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.PORTAL_ADDRESS = "https://portal.example.invalid"


def test_everybody_due_is_asked_once():
    people = [willing() for _each in range(3)]
    assert ask_everyone_due(link_of=link) == 3
    assert ask_everyone_due(link_of=link) == 0
    assert send_left_behind(link_of=link) == 0
    assert len(RecordingGateway.outbox) == 3
    assert {check.person for check in SelfCheck.objects.all()} == set(people)
    assert not SelfCheck.objects.filter(sent_at__isnull=True).exists()


def test_who_does_not_want_or_need_it_is_left_alone():
    willing(consent_on=None)
    willing(is_demo=True)
    willing(mobile="", email="")
    Person.objects.filter(pk=willing().pk).update(last_checked_on=timezone.localdate() - timedelta(days=10))
    withdraw(person=willing(), actor=None, reason="本人要求")
    assert ask_everyone_due(link_of=link) == 0
    assert not RecordingGateway.outbox


def test_a_year_later_the_question_comes_again():
    willing()
    ask_everyone_due(link_of=link)
    long_ago = timezone.now() - timedelta(days=366)
    SelfCheck.objects.update(asked_at=long_ago, expires_at=long_ago + timedelta(days=60))
    assert ask_everyone_due(link_of=link) == 1


@pytest.mark.parametrize(
    ("preferred", "email", "gateway", "by"),
    [
        ("email", "a@example.invalid", True, "email"),
        ("sms", "a@example.invalid", True, "sms"),
        ("wechat", "a@example.invalid", True, "sms"),
        ("email", "", True, "sms"),
        ("sms", "a@example.invalid", False, "email"),
        ("sms", "", False, None),
    ],
)
def test_the_way_follows_the_wish(preferred, email, gateway, by, settings):
    if not gateway:
        settings.PORTAL_SMS_GATEWAY = ""
    willing(preferred_channel=preferred, email=email)
    ask_everyone_due(link_of=link)
    assert (len(RecordingGateway.outbox), len(mail.outbox)) == (int(by == "sms"), int(by == "email"))


def test_a_run_asks_so_many_and_the_next_goes_on():
    for _each in range(3):
        willing()
    assert [ask_everyone_due(link_of=link, now_at_most=2) for _run in range(3)] == [2, 1, 0]


def test_killed_in_the_middle_the_next_run_sends_the_same_question(monkeypatch):
    willing(), willing()
    sending = self_check.send_words

    def killed(**_words):
        raise KeyboardInterrupt

    monkeypatch.setattr(self_check, "send_words", killed)
    with pytest.raises(KeyboardInterrupt):
        ask_everyone_due(link_of=link)
    assert SelfCheck.objects.filter(sent_at__isnull=True).count() == 1
    monkeypatch.setattr(self_check, "send_words", sending)
    # What is younger than half an hour may be on its way in another process.
    assert send_left_behind(link_of=link) == 0
    SelfCheck.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    assert send_left_behind(link_of=link) == 1
    assert ask_everyone_due(link_of=link) == 1
    assert (SelfCheck.objects.count(), len(RecordingGateway.outbox)) == (2, 2)


def test_a_gateway_that_is_away_ends_the_run_and_is_given_up_after_five_tries(monkeypatch):
    for _each in range(5):
        willing()

    def away(**_words):
        raise TimeoutError

    monkeypatch.setattr(self_check, "send_words", away)
    assert ask_everyone_due(link_of=link) == asking.GATEWAY_IS_AWAY
    SelfCheck.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    for _run in range(6):
        assert send_left_behind(link_of=link) == 0
    assert set(SelfCheck.objects.values_list("send_tries", flat=True)) == {asking.MOST_TRIES}


def test_two_senders_send_once():
    check = self_check.put_question(person=willing(), actor=None)
    assert [self_check.send_question(check_id=check.pk, link_of=link) for _each in range(2)] == [True, False]
    assert len(RecordingGateway.outbox) == 1


def test_the_task_writes_full_links(client):
    willing()
    assert tasks.ask_whether_correct() == {"late": 0, "asked": 1}
    address = RecordingGateway.outbox[0][1].split("https://portal.example.invalid")[1]
    assert client.get(address).status_code == 200


def test_without_an_address_nothing_goes_out(settings):
    settings.PORTAL_ADDRESS = ""
    willing()
    assert tasks.ask_whether_correct() == {"late": 0, "asked": 0}
    assert not SelfCheck.objects.exists()


def test_zero_days_switch_it_off(settings):
    settings.SELF_CHECK_EVERY_DAYS = 0
    willing()
    assert ask_everyone_due(link_of=link) == 0


def test_an_officer_asks_the_own_people(officer, monkeypatch, django_capture_on_commit_callbacks):
    handed = []
    monkeypatch.setattr(asking.current_app, "send_task", lambda _name, args, **_more: handed.extend(args[0]))
    mine, _other = willing(owner_unit=officer.unit), willing()
    address = reverse("admin:talent_person_ask_those_due")
    assert officer.client.get(address).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        answer = officer.client.post(address)
    assert answer["Location"] == reverse("admin:talent_person_changelist")
    check = SelfCheck.objects.get()
    assert (check.person, check.asked_by, handed) == (mine, officer.user, [check.pk])
    assert tasks.send_questions(handed) == 1
    assert list(due_for_self_check().values_list("pk", flat=True)) == [_other.pk]
    assert officer.client.get(address).status_code == 404


def test_whoever_only_reads_is_offered_no_question(officer):
    list_of_people = reverse("admin:talent_person_changelist")
    address = reverse("admin:talent_person_ask_those_due")
    reader = Client()
    reader.force_login(staff(Role.AUDITOR))
    assert address in officer.client.get(list_of_people).content.decode()
    assert address not in reader.get(list_of_people).content.decode()
    assert reader.get(address).status_code == 403


def test_a_dead_broker_leaves_it_to_the_hourly_run(officer, monkeypatch, django_capture_on_commit_callbacks):
    def away(*_args, **_more):
        raise ConnectionError

    monkeypatch.setattr(asking.current_app, "send_task", away)
    willing(owner_unit=officer.unit)
    with django_capture_on_commit_callbacks(execute=True):
        assert officer.client.post(reverse("admin:talent_person_ask_those_due")).status_code == 302
    SelfCheck.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    assert tasks.ask_whether_correct()["late"] == 1
