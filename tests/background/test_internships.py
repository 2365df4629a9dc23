"""Broker, worker and database fail in the middle of an internship: a clear word, nothing lost, nothing twice."""

import socket
import time
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from internships.enums import ApplicationState
from internships.models import Application
from tests.background.conftest import until
from tests.factories.internships import ApplicationFactory, PositionFactory, StudentFactory
from tests.factories.organisations import HostFactory, MembershipFactory
from tests.servers import scratch_database_url
from wenxi_portal.celery import app
from wenxi_portal.notifications.models import DeliveryHours, Message
from wenxi_portal.notifications.services.handing_over import sweep

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]
S = ApplicationState
# A paper that still looks like one when its end is missing.
PAPER = b"%PDF-1.4\n" + b"0" * 20_000 + b"\n%%EOF"
ANSWERS = {"letter": "想学镁合金", "action": "submit", "revision": "0"}


def at_any_hour(*users):
    """Have nobody's telephone wait for the morning."""
    for user in users:
        DeliveryHours.objects.create(user=user, quiet_from="00:00", quiet_until="00:00")


def apply_url(position):
    return f"/accounts/me/internships/apply/{position.pk}/"


def test_a_dead_broker_keeps_no_application_waiting_and_loses_no_word(broker):
    student, host = StudentFactory(enrolment_code="ABCD1234"), HostFactory()
    member = MembershipFactory(organisation=host).user
    at_any_hour(student.user, member)
    browser = Client()
    browser.force_login(student.user)
    broker.kill()
    begun = time.monotonic()
    for _click in range(2):
        assert browser.post(apply_url(PositionFactory(host=host)), ANSWERS).status_code == 302
    assert time.monotonic() - begun < 10
    assert set(Application.objects.values_list("state", flat=True)) == {S.SUBMITTED}
    waiting = Message.objects.filter(state="waiting", enqueued_at=None)
    number = waiting.count()
    assert set(waiting.values_list("recipient", flat=True)) == {member.pk}
    broker.start()
    assert sweep() == number
    assert broker.waiting() >= number
    assert sweep() == 0


def test_a_worker_killed_while_offers_lapse_finishes_them_once(broker, start_worker):
    first, second = (ApplicationFactory(position=PositionFactory(seats=1), offered=True) for _number in range(2))
    waiting = [ApplicationFactory(position=one.position, state=S.WAIT_LISTED, wait_rank=1) for one in (first, second)]
    Application.objects.filter(state=S.OFFERED).update(offer_until=timezone.now() - timedelta(minutes=1))
    worker = start_worker()
    with psycopg.connect(scratch_database_url()) as somebody_else:
        somebody_else.execute("SELECT 1 FROM internships_position WHERE id = %s FOR UPDATE", [second.position_id])
        lapse(broker)
        until(lambda: state_of(first) == S.LAPSED)
        worker.kill()
        assert state_of(second) == S.OFFERED
    start_worker()
    lapse(broker)
    until(lambda: state_of(second) == S.LAPSED)
    until(lambda: state_of(waiting[1]) == S.OFFERED)
    for one in (first, second):
        assert one.state_changes.filter(to_state=S.LAPSED).count() == 1
    for one in waiting:
        assert one.state_changes.filter(to_state=S.OFFERED).count() == 1
        assert Message.objects.filter(recipient=one.student.user, channel="inbox").count() == 1


def lapse(broker):
    with app.connection_for_write() as connection:
        app.send_task("internships.tasks.lapse", connection=connection)


def state_of(application):
    return Application.objects.values_list("state", flat=True).get(pk=application.pk)


def test_a_restarting_database_and_a_cut_upload_leave_one_application_and_no_half_paper(own_database):
    student, position = StudentFactory(enrolment_code="ABCD1234"), PositionFactory()
    signed_in = Client()
    signed_in.force_login(student.user)
    session = signed_in.cookies[settings.SESSION_COOKIE_NAME].value
    database = own_database()
    with database.served() as port:
        assert post(port, session, apply_url(position), {**ANSWERS, "action": "save"})[0] == 302
        database.stop()
        status, words = post(port, session, apply_url(position), {**ANSWERS, "revision": "1"})
        assert status in (500, 503)
        assert "返回" in words
        database.start()
        until(lambda: post(port, session, apply_url(position), {**ANSWERS, "revision": "1"})[0] == 302, 20)
        assert post(port, session, apply_url(position), {**ANSWERS, "revision": "1"})[0] == 302
        cut_upload(port, session, "/accounts/me/internships/papers/")
        cut_upload(port, session, "/accounts/me/internships/papers/", missing=0)
    with psycopg.connect(database.url) as connection:
        assert connection.execute("SELECT state FROM internships_application").fetchall() == [("submitted",)]
        moves = "SELECT count(*) FROM internships_applicationstatechange WHERE to_state = 'submitted'"
        assert connection.execute(moves).fetchone() == (1,)
        sizes = "SELECT size FROM internships_studentpaper"
        assert connection.execute(sizes).fetchall() == [(len(PAPER),)]


def cut_upload(port, session, path, missing=5_000):
    """Send a paper and hang up when so many bytes are still missing; with none missing, wait for the answer."""
    token, mark = "t" * 32, "a-line-between-parts"
    parts = {"csrfmiddlewaretoken": token, "kind": "other"}
    head = "".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts.items()
    )
    head += f'--{mark}\r\nContent-Disposition: form-data; name="upload"; filename="示例.pdf"\r\n'
    body = f"{head}Content-Type: application/pdf\r\n\r\n".encode() + PAPER + f"\r\n--{mark}--\r\n".encode()
    lines = [
        f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}",
        f"Content-Type: multipart/form-data; boundary={mark}",
        f"Cookie: {settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}", "", "",
    ]  # fmt: skip
    with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
        wire.sendall("\r\n".join(lines).encode() + body[: len(body) - missing])
        if missing:
            time.sleep(0.5)
        else:
            assert wire.recv(100).startswith(b"HTTP/1.1 302")


def post(port, session, path, values):
    """Send a form as a browser does; return status and words."""
    token = "t" * 32
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}"
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(
            "POST", path, urlencode({**values, "csrfmiddlewaretoken": token}),
            {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies},
        )  # fmt: skip
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()
