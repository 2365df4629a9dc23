"""The real channels against real servers on the loopback, or none at all."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from smtplib import SMTPRecipientsRefused, SMTPResponseException

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from tests.factories.accounts import UserFactory
from wenxi_portal.accounts.services.sms import RecordingGateway
from wenxi_portal.notifications import checks
from wenxi_portal.notifications.channels.base import NeverError, TryLaterError
from wenxi_portal.notifications.channels.email import EmailChannel
from wenxi_portal.notifications.channels.sms import SmsChannel
from wenxi_portal.notifications.channels.wecom import WecomRobotChannel
from wenxi_portal.notifications.models import Message
from wenxi_portal.notifications.services.delivery import outgoing

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(kind):
    user = UserFactory(mobile="13900001234", mobile_verified=True)
    return outgoing(Message.objects.create(recipient=user, kind=kind, channel="email", dedup_key="1"))


def test_a_mail_carries_the_key_and_leaves_once(letter):
    EmailChannel().send(letter)
    sent = mail.outbox[0]
    assert sent.subject == "示例"
    assert letter.key in sent.extra_headers["Message-ID"]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ConnectionRefusedError(), TryLaterError),
        (TimeoutError(), TryLaterError),
        (SMTPResponseException(451, b""), TryLaterError),
        (SMTPResponseException(550, b""), NeverError),
        (SMTPRecipientsRefused({}), NeverError),
    ],
)
def test_a_mail_server_fails_for_now_or_for_good(letter, monkeypatch, error, told):
    def refuse(self, messages):
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    with pytest.raises(told) as caught:
        EmailChannel().send(letter)
    assert letter.recipient.email not in str(caught.value)


def test_a_text_holds_the_subject_alone(letter):
    RecordingGateway.outbox.clear()
    SmsChannel().send(letter)
    assert RecordingGateway.outbox == [("13900001234", "示例")]


@pytest.fixture
def robot(settings):
    """A robot on the loopback; ``robot.answer`` is what it says next."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            server.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            status, content = server.answer
            if status == 0:
                server.hold.wait(5)
                return
            self.send_response(status)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.told, server.answer, server.hold = [], (200, b'{"errcode": 0}'), threading.Event()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.PORTAL_WECOM_ROBOT = f"http://127.0.0.1:{server.server_port}/hook"
    settings.NOTIFICATION_TIMEOUT = 0.5
    yield server
    server.hold.set()
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_group_hears_the_subject_and_no_person(letter, robot):
    WecomRobotChannel().send(letter)
    assert robot.told == [{"msgtype": "text", "text": {"content": "示例"}}]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((200, b'{"errcode": 45009}'), TryLaterError),
        ((200, b'{"errcode": 93000}'), NeverError),
        ((200, b"not json"), TryLaterError),
        ((500, b""), TryLaterError),
        ((404, b""), NeverError),
        ((0, b""), TryLaterError),
    ],
)
def test_a_robot_that_fails_or_sleeps_is_left_in_time(letter, robot, answer, told):
    robot.answer = answer
    with pytest.raises(told):
        WecomRobotChannel().send(letter)


@pytest.mark.parametrize(
    ("address", "found"), [("", 0), ("https://robot.example/hook", 0), ("http://robot.example", 1)]
)
def test_a_robot_without_tls_is_refused(settings, address, found):
    settings.PORTAL_WECOM_ROBOT = settings.PORTAL_ADDRESS = address
    assert len(checks.robot_is_called_by_tls()) == len(checks.links_lead_to_tls()) == found
