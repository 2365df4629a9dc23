"""Idle staff are signed out after 30 minutes, other people are not."""

import time

import pytest
from django.conf import settings
from django.test import Client

from tests.factories.accounts import UserFactory, staff
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.middleware import LAST_SEEN

ME = "/accounts/me/"

pytestmark = pytest.mark.django_db


def last_seen(client: Client, seconds_ago: int) -> None:
    """Let the last request lie that far back."""
    session = client.session
    session[LAST_SEEN] = int(time.time()) - seconds_ago
    session.save()


def test_staff_are_signed_out_and_led_back_where_they_were(client: Client) -> None:
    client.force_login(staff(Role.AUDITOR))
    client.get(ME)
    last_seen(client, 30 * 60 + 1)

    answer = client.get(f"{ME}?page=2", follow=True)

    assert answer.redirect_chain == [("/accounts/login/?next=%2Faccounts%2Fme%2F%3Fpage%3D2", 302)]
    assert "您已 30 分钟没有操作" in answer.content.decode()
    assert not answer.wsgi_request.user.is_authenticated


def test_a_form_sent_too_late_changes_nothing(client: Client) -> None:
    officer = staff(Role.AUDITOR, password="Shi-Mo-17")
    client.force_login(officer)
    last_seen(client, 31 * 60)

    form = {"oldpassword": "Shi-Mo-17", "password1": "New-Stone-9", "password2": "New-Stone-9"}
    answer = client.post("/accounts/password/change/", form)

    assert answer["Location"] == "/accounts/login/"
    officer.refresh_from_db()
    assert officer.check_password("Shi-Mo-17")


def test_every_request_starts_the_time_anew(client: Client) -> None:
    client.force_login(staff(Role.AUDITOR))
    for _request in range(3):
        last_seen(client, 29 * 60)
        assert client.get(ME).status_code == 200

    assert time.time() - client.session[LAST_SEEN] < 60


def test_a_part_of_a_page_leads_the_whole_page_to_the_sign_in(client: Client) -> None:
    client.force_login(staff(Role.AUDITOR))
    last_seen(client, 31 * 60)

    answer = client.get(ME, headers={"HX-Request": "true"})

    assert answer["HX-Redirect"].startswith("/accounts/login/")


def test_a_student_stays_for_fourteen_days(client: Client) -> None:
    client.force_login(UserFactory(role=Role.STUDENT))
    last_seen(client, 24 * 3600)

    assert client.get(ME).status_code == 200
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE == 14 * 24 * 3600


def test_a_visitor_gets_no_session(client: Client) -> None:
    client.get("/accounts/login/")

    assert settings.SESSION_COOKIE_NAME not in client.cookies
