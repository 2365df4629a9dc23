"""Signing in with a password: rules, lock, session."""

import time
from collections.abc import Callable

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.test import Client

from tests.factories.accounts import UserFactory
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry

PASSWORD_LOGIN, ME = "/accounts/login/password/", "/accounts/me/"
GOOD = "Shi-Mo-17"

pytestmark = pytest.mark.django_db


def sign_in(client: Client, password: str, login: str = "li@example.invalid") -> object:
    """Post the password page."""
    return client.post(PASSWORD_LOGIN, {"login": login, "password": password})


@pytest.mark.parametrize(
    "weak", ["Ab1-", "abcdefgh", "abcdefg1", "12345678", "ABCDEFG1", "Password1", "中文中文中文中文"]
)
def test_weak_passwords_are_refused(weak: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(weak)


@pytest.mark.parametrize("strong", [GOOD, "wen-xi-83", "闻喜wenxi2026"])
def test_eight_characters_of_three_classes_are_enough(strong: str) -> None:
    validate_password(strong)


@pytest.mark.parametrize("login", ["li@example.invalid", "LI@EXAMPLE.INVALID", "13900001234", "139 0000 1234"])
def test_address_or_number_and_password(client: Client, login: str) -> None:
    UserFactory(email="li@example.invalid", mobile="13900001234", mobile_verified=True, password=GOOD)

    assert sign_in(client, GOOD, login)["Location"] == "/after-sign-in/"


def test_five_failures_lock_the_account_for_a_quarter_of_an_hour(client: Client) -> None:
    UserFactory(email="li@example.invalid", password=GOOD)
    UserFactory(email="other@example.invalid", password=GOOD)

    for _try in range(5):
        assert "邮箱或密码不正确" in sign_in(client, "Wrong-1-password").content.decode()
    locked = sign_in(client, GOOD).content.decode()

    assert "账号已锁定，请 15 分钟后再试" in locked
    assert AuditEntry.objects.filter(verb=Verb.SIGN_IN_FAILED).count() == 5
    assert sign_in(client, GOOD, "other@example.invalid").status_code == 302


def test_mobile_numbers_are_locked_one_by_one(client: Client) -> None:
    UserFactory(email=None, mobile="13900001234", mobile_verified=True, password=GOOD)
    UserFactory(email=None, mobile="13900005678", mobile_verified=True, password=GOOD)

    for _try in range(6):
        sign_in(client, "Wrong-1-password", "13900001234")

    assert "锁定" in sign_in(client, GOOD, "139-0000-1234").content.decode()
    assert sign_in(client, GOOD, "13900005678").status_code == 302


def test_the_lock_opens_after_fifteen_minutes(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    UserFactory(email="li@example.invalid", password=GOOD)
    now = time.time()
    for _try in range(6):
        sign_in(client, "Wrong-1-password")

    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: now + 15 * 60 + 5)

    assert sign_in(client, GOOD).status_code == 302


def test_signing_in_changes_the_session_key(client: Client) -> None:
    UserFactory(email="li@example.invalid", password=GOOD)
    client.get("/accounts/login/")
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key

    sign_in(client, GOOD)

    assert client.session.session_key != before


def test_a_forgotten_password_is_set_anew_with_a_code(
    client: Client, mailoutbox: list[EmailMessage], code_in: Callable[[EmailMessage], str]
) -> None:
    user = UserFactory(email="li@example.invalid", password=GOOD)

    client.post("/accounts/password/reset/", {"email": "li@example.invalid"})
    client.post("/accounts/password/reset/confirm/", {"code": code_in(mailoutbox[0])})
    fresh = {"password1": "New-Stone-9", "password2": "New-Stone-9"}
    done = client.post("/accounts/password/reset/complete/", fresh, follow=True)

    assert done.status_code == 200
    user.refresh_from_db()
    assert user.check_password("New-Stone-9")


def test_changing_the_password_keeps_the_rules(client: Client) -> None:
    user = UserFactory(email="li@example.invalid", password=GOOD)
    client.force_login(user)

    refused = client.post(
        "/accounts/password/change/", {"oldpassword": GOOD, "password1": "abcdefgh", "password2": "abcdefgh"}
    )
    done = client.post(
        "/accounts/password/change/", {"oldpassword": GOOD, "password1": "New-Stone-9", "password2": "New-Stone-9"}
    )

    assert "password1" in refused.context["form"].errors
    assert done.status_code == 302
    user.refresh_from_db()
    assert user.check_password("New-Stone-9")
    assert client.get(ME).status_code == 200
