"""What reaches a nominated student outside the portal: once, however often sending fails, and never for ever."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from internships.models import Nomination
from internships.services import nomination_words
from internships.services.nomination import nominate, withdraw_nomination
from internships.services.nomination_words import PAUSES, send_waiting_words
from tests.factories.accounts import UserFactory
from tests.factories.internships import PositionFactory
from tests.factories.organisations import UniversityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(monkeypatch):
    """A mail server that can be down."""
    server = {"down": False, "sent": 0}

    def send(**words):
        if server["down"]:
            raise ConnectionRefusedError
        server["sent"] += 1

    monkeypatch.setattr(nomination_words, "send_words", send)
    return server


def nominated(capture):
    with capture(execute=True):
        row = Nomination(
            university=UniversityFactory(), position=PositionFactory(), name="测试提名", email="one@example.invalid"
        )
        return nominate(nomination=row, actor=UserFactory())


def test_the_words_leave_at_once_and_once(django_capture_on_commit_callbacks):
    row = nominated(django_capture_on_commit_callbacks)
    assert send_waiting_words(timezone.now() + timedelta(days=1)) == 0
    (words,) = mail.outbox
    assert words.to == [row.email]
    assert row.position.title in words.body
    assert row.name not in words.body
    row.refresh_from_db()
    assert row.words_sent_at is not None
    assert not row.was_not_reached


def test_a_server_that_is_down_is_tried_again(django_capture_on_commit_callbacks, gateway):
    gateway["down"] = True
    row = nominated(django_capture_on_commit_callbacks)
    assert send_waiting_words() == 0
    gateway["down"] = False
    later = timezone.now() + PAUSES[0] + timedelta(minutes=1)
    assert [send_waiting_words(later), send_waiting_words(later + timedelta(days=9))] == [1, 0]
    row.refresh_from_db()
    assert (row.words_tries, gateway["sent"]) == (2, 1)


def test_after_the_last_try_the_university_is_told_to_speak_itself(django_capture_on_commit_callbacks, gateway):
    gateway["down"] = True
    row = nominated(django_capture_on_commit_callbacks)
    for day in range(1, 9):
        send_waiting_words(timezone.now() + timedelta(days=day))
    row.refresh_from_db()
    assert row.words_tries == len(PAUSES) + 1
    assert row.was_not_reached


def test_what_was_taken_back_is_not_sent(django_capture_on_commit_callbacks, gateway):
    gateway["down"] = True
    row = nominated(django_capture_on_commit_callbacks)
    withdraw_nomination(nomination=row, actor=row.nominated_by)
    gateway["down"] = False
    assert send_waiting_words(timezone.now() + timedelta(days=1)) == 0
