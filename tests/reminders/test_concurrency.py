"""Two at once: scans, workers, sweeps, digests."""

import pytest

from tests.concurrency.conftest import at_once
from tests.factories.accounts import UserFactory
from tests.factories.bases import AgreementFactory
from tests.notifications import kinds
from tests.reminders.ladders import DUE, at, watched
from wenxi_portal.accounts.services.roles import sync_roles
from wenxi_portal.notifications.models import DeliveryHours, Message, RecordedSending
from wenxi_portal.notifications.services.delivery import deliver
from wenxi_portal.notifications.services.digest import collect_digests
from wenxi_portal.notifications.services.outbox import tell
from wenxi_portal.reminders.models import LedgerEntry
from wenxi_portal.reminders.services.scanning import scan

__all__ = ["at_once"]
pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 6


@pytest.fixture(autouse=True)
def _roles():
    sync_roles()


def failures(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def test_scans_at_the_same_time_remind_once(at_once):
    one = watched("agreement_expiring")
    for _number in range(20):
        AgreementFactory(signed=True, valid_until=DUE, lead_unit=one.record.lead_unit)
    outcomes = at_once(*[lambda: scan(now=at(-90))] * TIMES)
    assert failures(outcomes) == []
    assert LedgerEntry.objects.filter(state="sent", channel="inbox").count() == 21 * 2
    assert Message.objects.filter(channel="inbox").count() == 21 * 2


def test_workers_send_one_message_once(at_once):
    user = UserFactory()
    DeliveryHours.objects.create(user=user, quiet_from="00:00", quiet_until="00:00")
    tell(recipient=user, kind=kinds.KIND.name, about="1")
    mail = Message.objects.get(channel="email")
    outcomes = at_once(*[lambda: deliver(message_id=mail.pk)] * TIMES)
    assert sorted(outcomes) == [False] * (TIMES - 1) + [True]
    assert RecordedSending.objects.count() == 1


def test_tellers_of_the_same_tell_once(at_once):
    user = UserFactory()
    outcomes = at_once(*[lambda: tell(recipient=user, kind=kinds.KIND.name, about="1").count] * TIMES)
    assert failures(outcomes) == []
    assert sum(outcomes) == 2


def test_collectors_write_one_digest(at_once):
    user = UserFactory()
    DeliveryHours.objects.create(user=user, rhythm="daily")
    for each in range(3):
        tell(recipient=user, kind=kinds.KIND.name, about=str(each))
    later = Message.objects.filter(in_digest=True).latest("next_attempt_at").next_attempt_at
    outcomes = at_once(*[lambda: collect_digests(now=later)] * TIMES)
    assert failures(outcomes) == []
    assert sum(outcomes) == 1
