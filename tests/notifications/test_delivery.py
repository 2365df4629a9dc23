"""Sending: once, again after failures with growing pauses, given up in the end; nothing personal is left behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.notifications.channels import Broken, Failing, Later, Never
from wenxi_portal.core.errors import DomainError
from wenxi_portal.notifications.enums import MessageState
from wenxi_portal.notifications.models import Message, RecordedSending
from wenxi_portal.notifications.services import delivery
from wenxi_portal.notifications.services.delivery import MOST_ATTEMPTS, deliver, pause_after, try_again
from wenxi_portal.notifications.services.handing_over import STUCK_AFTER, free_stuck
from wenxi_portal.notifications.services.outbox import tell

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    Failing.keys.clear()


@pytest.fixture
def email(reader, kind):
    """A waiting e-mail."""
    tell(recipient=reader, kind=kind, about="1")
    return Message.objects.get(channel="email")


def by(settings, channel):
    path = f"tests.notifications.channels.{channel.__name__}"
    settings.NOTIFICATION_CHANNELS = {**settings.NOTIFICATION_CHANNELS, "email": path}


def test_the_default_records_masked_and_once(email):
    assert deliver(message_id=email.pk) is True
    assert deliver(message_id=email.pk) is False
    recorded = RecordedSending.objects.get()
    assert "***@" in recorded.address
    assert "13900001234" not in recorded.text
    email.refresh_from_db()
    assert (email.state, email.attempts) == (MessageState.SENT, 1)


def test_failures_pause_longer_and_end_with_giving_up(email, settings):
    by(settings, Later)
    now = timezone.now()
    for attempt in range(1, MOST_ATTEMPTS + 1):
        deliver(message_id=email.pk, now=now)
        email.refresh_from_db()
        assert email.attempts == attempt
        now = max(now, email.next_attempt_at)
    assert email.state == MessageState.GIVEN_UP
    assert email.last_error == "the gateway does not answer (TimeoutError)"
    assert len(set(Failing.keys)) == 1


def test_it_is_not_tried_before_its_time(email, settings):
    by(settings, Later)
    deliver(message_id=email.pk)
    deliver(message_id=email.pk)
    assert len(Failing.keys) == 1


def test_pauses_double_with_chance_and_have_an_end():
    for attempts in range(1, 20):
        longest = min(30 * 2 ** (attempts - 1), 7200)
        assert longest / 2 <= pause_after(attempts).total_seconds() <= longest


def test_what_never_works_is_given_up_at_once(email, settings):
    by(settings, Never)
    deliver(message_id=email.pk)
    email.refresh_from_db()
    assert (email.state, email.last_error) == (MessageState.GIVEN_UP, "refused")


def test_an_unforeseen_fault_is_named_without_its_words(email, settings):
    by(settings, Broken)
    deliver(message_id=email.pk)
    email.refresh_from_db()
    assert (email.state, email.last_error) == (MessageState.WAITING, "KeyError")


def test_who_has_left_gets_nothing(email, reader):
    reader.is_active = False
    reader.save()
    deliver(message_id=email.pk)
    email.refresh_from_db()
    assert (email.state, email.last_error) == (MessageState.WITHDRAWN, "account_disabled")
    assert RecordedSending.objects.count() == 0


def test_a_claim_of_a_dead_worker_is_freed_and_the_channel_tells_the_repetition(email, monkeypatch):
    class Killed(BaseException):
        pass

    def die(*_args, **_kwargs):
        raise Killed

    monkeypatch.setattr(delivery, "_finish", die)
    with pytest.raises(Killed):
        deliver(message_id=email.pk)
    monkeypatch.undo()
    now = timezone.now()
    assert free_stuck(now=now) == 0
    assert free_stuck(now=now + STUCK_AFTER + timedelta(seconds=1)) == 1
    deliver(message_id=email.pk, now=now + timedelta(hours=1))
    email.refresh_from_db()
    assert (email.state, email.attempts) == (MessageState.SENT, 2)
    assert RecordedSending.objects.count() == 1


def test_only_what_was_given_up_is_tried_again(email):
    with pytest.raises(DomainError):
        try_again(message=email)
    Message.objects.filter(pk=email.pk).update(state=MessageState.GIVEN_UP, attempts=8)
    assert try_again(message=email).state == MessageState.WAITING
    assert deliver(message_id=email.pk) is True


def test_no_log_holds_words_or_addresses(email, settings, caplog):
    for channel in (Later, Broken):
        by(settings, channel)
        Message.objects.filter(pk=email.pk).update(next_attempt_at=timezone.now())
        deliver(message_id=email.pk)
    assert email.recipient.email not in caplog.text
    assert "示例" not in caplog.text


def test_a_text_goes_to_confirmed_numbers_only(kind, sms_choice):
    message = sms_choice(UserFactory(mobile="13900001234"))
    deliver(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.GIVEN_UP, "no address")
    message = sms_choice(UserFactory(mobile="13900005678", mobile_verified=True))
    assert deliver(message_id=message.pk) is True
    assert RecordedSending.objects.get().address == "139****5678"


@pytest.fixture
def sms_choice(kind):
    """Tell a person by text message."""

    def choose(user):
        return Message.objects.create(recipient=user, kind=kind, channel="sms", dedup_key=f"sms:{user.pk}")

    return choose
