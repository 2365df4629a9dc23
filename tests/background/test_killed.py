"""Broker, worker and database killed for real: callers succeed, nothing is lost, nothing goes out twice."""

import os
import subprocess
import sys
import time
from datetime import timedelta

import psycopg
import pytest
from django.db import transaction
from django.utils import timezone

from tests.background.conftest import until
from tests.factories.accounts import UserFactory
from tests.notifications import kinds
from wenxi_portal.embedded import addresses, postgresql, processes, servers, state
from wenxi_portal.notifications.enums import MessageState
from wenxi_portal.notifications.models import DeliveryHours, Message, RecordedSending
from wenxi_portal.notifications.services.handing_over import STUCK_AFTER, sweep
from wenxi_portal.notifications.services.outbox import tell
from wenxi_portal.reminders.enums import Pulse
from wenxi_portal.reminders.models import Heartbeat
from wenxi_portal.reminders.selectors.watchdog import silent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]


@pytest.fixture
def reader():
    user = UserFactory()
    DeliveryHours.objects.create(user=user, quiet_from="00:00", quiet_until="00:00")
    return user


def tell_by_mail(reader, about):
    """Tell in a transaction of its own; return the message."""
    with transaction.atomic():
        tell(recipient=reader, kind=kinds.KIND.name, about=about)
    return Message.objects.get(channel="email", dedup_key__contains=f":{about}:")


def is_sent(message):
    message.refresh_from_db()
    return message.state == MessageState.SENT


def test_a_dead_broker_disturbs_nobody_and_messages_leave_when_it_is_back(reader, broker):
    first = tell_by_mail(reader, "1")
    assert broker.waiting() == 1
    broker.kill()
    begun = time.monotonic()
    second = tell_by_mail(reader, "2")
    assert time.monotonic() - begun < 5
    assert sweep() == 0
    broker.start()
    handed = broker.waiting()
    assert sweep() == 1
    assert broker.waiting() == handed + 1
    assert sweep() == 0
    # What the dead broker took along is handed over again after a while.
    first.refresh_from_db()
    assert first.state == second.state == MessageState.WAITING
    assert sweep(now=timezone.now() + timedelta(minutes=11)) == 2


def test_a_worker_killed_in_the_middle_sends_once_and_loses_nothing(reader, broker, start_worker, hold):
    hold.touch()
    Heartbeat.objects.all().delete()
    worker = start_worker()
    # No clock is running: the worker's own heart beats all the same, and nobody speaks for the clock.
    until(lambda: Heartbeat.objects.filter(name=Pulse.WORKER).exists())
    assert {silence.pulse for silence in silent()} == {Pulse.BEAT}
    message = tell_by_mail(reader, "1")
    until(RecordedSending.objects.exists)
    message.refresh_from_db()
    assert message.state == MessageState.CLAIMED
    worker.kill()
    hold.unlink()
    start_worker()
    assert sweep(now=timezone.now() + STUCK_AFTER + timedelta(seconds=5)) == 1
    Message.objects.filter(pk=message.pk).update(next_attempt_at=timezone.now())
    until(lambda: is_sent(message))
    assert message.attempts == 2
    assert RecordedSending.objects.count() == 1


def test_workers_find_a_restarted_database_again(broker, start_worker, tmp_path):
    var = tmp_path / "database"
    servers.start(var, broker=False, durable=False, owner=processes.mark(os.getpid()))
    try:
        url = addresses.database_url(var)
        environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.background.settings"}
        # A heartbeat needs this one table: the other rooms are left out, which takes a tenth of the time.
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0", "reminders"], env=environment, check=True)
        start_worker(url)
        until(lambda: beats_after(url, send_heartbeat(broker)))
        before = state.read(var).postgresql
        postgresql.stop(before)
        send_heartbeat(broker)
        time.sleep(1)
        servers.start(var, broker=False, durable=False, owner=processes.mark(os.getpid()))
        assert state.read(var).postgresql.port == before.port
        until(lambda: beats_after(url, send_heartbeat(broker)))
    finally:
        servers.erase(var)


def send_heartbeat(broker):
    """Ask the worker for a sign of life; return when."""
    now = timezone.now()
    from wenxi_portal.celery import app

    with app.connection_for_write() as connection:
        app.send_task("wenxi_portal.reminders.tasks.heartbeat", connection=connection)
    time.sleep(1)
    return now


def beats_after(url, moment):
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT at FROM reminders_heartbeat WHERE name = 'tasks'").fetchone()
    return row[0] > moment
