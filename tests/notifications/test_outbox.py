"""Writing: once, in the caller's transaction, by the channels a person wants, at hours that suit."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from tests.factories.accounts import UserFactory
from wenxi_portal.notifications import kinds
from wenxi_portal.notifications.enums import Channel, MessageState, Rhythm
from wenxi_portal.notifications.models import ChannelChoice, DeliveryHours, Message
from wenxi_portal.notifications.services.digest import collect_digests
from wenxi_portal.notifications.services.outbox import is_wanted, tell

pytestmark = pytest.mark.django_db
CHINA = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 4, 12, tzinfo=CHINA)


def test_the_same_is_told_once(reader, kind):
    assert tell(recipient=reader, kind=kind, about="1").count == 2
    assert tell(recipient=reader, kind=kind, about="1").count == 0
    assert tell(recipient=reader, kind=kind, about="2").count == 2


def test_a_caller_who_fails_tells_nothing(reader, kind):
    def fail():
        tell(recipient=reader, kind=kind, about="1")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        transaction.atomic(fail)()
    assert Message.objects.count() == 0


def test_the_inbox_is_delivered_by_being_written(reader, kind):
    tell(recipient=reader, kind=kind, about="1")
    assert dict(Message.objects.values_list("channel", "state")) == {"inbox": "sent", "email": "waiting"}


def test_an_unknown_kind_is_refused(reader):
    with pytest.raises(LookupError):
        tell(recipient=reader, kind="nobody-declares-this", about="1")


def test_channels_follow_the_choice(reader, kind):
    for channel, wanted in ((Channel.INBOX, False), (Channel.EMAIL, False), (Channel.SMS, True)):
        ChannelChoice.objects.create(user=reader, kind=kind, channel=channel, wanted=wanted)
    tell(recipient=reader, kind=kind, about="1")
    assert list(Message.objects.values_list("channel", flat=True)) == ["sms"]


def test_a_mandatory_kind_always_reaches_the_inbox():
    kind = kinds.MessageKind("must", "必达", lambda _: "", lambda _: "", mandatory=True)
    assert is_wanted(kind, Channel.INBOX, choice=False)
    assert not is_wanted(kind, Channel.EMAIL, choice=False)


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        (datetime(2026, 3, 4, 20, 59, tzinfo=CHINA), datetime(2026, 3, 4, 20, 59, tzinfo=CHINA)),
        (datetime(2026, 3, 4, 21, 0, tzinfo=CHINA), datetime(2026, 3, 5, 8, 0, tzinfo=CHINA)),
        (datetime(2026, 3, 4, 23, 30, tzinfo=CHINA), datetime(2026, 3, 5, 8, 0, tzinfo=CHINA)),
        (datetime(2026, 3, 5, 0, 30, tzinfo=CHINA), datetime(2026, 3, 5, 8, 0, tzinfo=CHINA)),
        (datetime(2026, 3, 5, 8, 0, tzinfo=CHINA), datetime(2026, 3, 5, 8, 0, tzinfo=CHINA)),
    ],
)
def test_quiet_hours_delay_and_drop_nothing(kind, now, leaves):
    """Nobody who has not chosen anything is rung at night."""
    tell(recipient=UserFactory(), kind=kind, about="1", now=now)
    assert Message.objects.get(channel="email").next_attempt_at == leaves


def test_quiet_hours_within_a_day(kind):
    user = UserFactory()
    DeliveryHours.objects.create(user=user, quiet_from="11:30", quiet_until="14:00")
    tell(recipient=user, kind=kind, about="1", now=NOON)
    assert Message.objects.get(channel="email").next_attempt_at == NOON + timedelta(hours=2)


def test_the_digest_gathers_a_day(reader, kind):
    DeliveryHours.objects.filter(user=reader).update(rhythm=Rhythm.DAILY)
    for number in range(3):
        tell(recipient=reader, kind=kind, about=str(number), params={"n": number}, now=NOON)
    assert collect_digests(now=NOON + timedelta(hours=20)) == 0
    assert collect_digests(now=NOON + timedelta(hours=20, minutes=30)) == 1
    assert collect_digests(now=NOON + timedelta(hours=21)) == 0
    digest = Message.objects.get(kind="digest")
    assert "3" in digest.subject
    assert all(f"示例{number}" in digest.body for number in range(3))
    assert Message.objects.filter(state=MessageState.COLLECTED, digest=digest).count() == 3
    assert Message.objects.inbox_of(reader).count() == 3
