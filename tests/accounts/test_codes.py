"""Signing in, and up, with a code."""

import time
from base64 import urlsafe_b64decode
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client

from tests.factories.accounts import UserFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry

LOGIN, CONFIRM, ME = "/accounts/login/", "/accounts/login/code/confirm/", "/accounts/me/"
MOBILE = "13900001234"
ReadCode = Callable[[str | EmailMessage], str]

pytestmark = pytest.mark.django_db


def test_a_student_signs_in_by_email(client: Client, mailoutbox: list[EmailMessage], code_in: ReadCode) -> None:
    student = UserFactory(email="li@example.invalid", role=Role.STUDENT)

    asked = client.post(LOGIN, {"login": " LI@example.invalid "})
    signed_in = client.post(CONFIRM, {"code": code_in(mailoutbox[0])}, follow=True)

    assert asked["Location"] == CONFIRM
    assert signed_in.redirect_chain[-1][0] == ME
    assert signed_in.context["user"] == student
    assert AuditEntry.objects.filter(actor=student, verb=Verb.SIGNED_IN).count() == 1


def test_a_native_signs_in_by_mobile_however_the_number_is_typed(
    client: Client, sms: list[tuple[str, str]], code_in: ReadCode
) -> None:
    native = UserFactory(mobile=MOBILE, email=None, role=Role.NATIVE_TALENT)

    client.post(LOGIN, {"login": "１３９-0000 1234"})
    signed_in = client.post(CONFIRM, {"code": code_in(sms[0][1])}, follow=True)

    assert sms[0][0] == MOBILE
    assert signed_in.context["user"] == native
    native.refresh_from_db()
    assert native.mobile_verified


def test_the_page_after_asking_masks_the_number(client: Client, sms: list[tuple[str, str]]) -> None:
    UserFactory(mobile=MOBILE, email=None)

    page = client.post(LOGIN, {"login": MOBILE}, follow=True).content.decode()

    assert "139****1234" in page
    assert MOBILE not in page


def test_a_wrong_code_is_refused_recorded_and_counted(client: Client, mailoutbox: list[EmailMessage]) -> None:
    UserFactory(email="li@example.invalid")
    client.post(LOGIN, {"login": "li@example.invalid"})

    answers = [client.post(CONFIRM, {"code": "000000"}) for _try in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 302]
    assert AuditEntry.objects.filter(verb=Verb.SIGN_IN_FAILED).count() == 5
    assert client.get(CONFIRM).status_code == 302
    assert not client.get(ME).wsgi_request.user.is_authenticated


def test_an_unknown_address_looks_the_same_and_gets_a_letter(client: Client, mailoutbox: list[EmailMessage]) -> None:
    answer = client.post(LOGIN, {"login": "nobody@example.invalid"})

    assert answer["Location"] == CONFIRM
    assert "nobody@example.invalid" in mailoutbox[0].body
    assert "/accounts/signup/" in mailoutbox[0].body


@pytest.mark.parametrize("typed", ["", "nonsense", "12345", "li@", "139000012345"])
def test_what_is_neither_address_nor_number_is_told(client: Client, typed: str) -> None:
    page = client.post(LOGIN, {"login": typed})

    assert page.status_code == 200
    assert page.context["form"].errors["login"]


def test_a_new_account_by_email_has_a_verified_address_and_no_role(
    client: Client, mailoutbox: list[EmailMessage], code_in: ReadCode
) -> None:
    client.post("/accounts/signup/", {"name": "王小明", "login": "wang@example.invalid"})
    done = client.post("/accounts/confirm-email/", {"code": code_in(mailoutbox[0])}, follow=True)

    user = User.objects.get(email="wang@example.invalid")
    assert done.redirect_chain[-1][0] == ME
    assert (user.name, user.is_staff, user.role_names) == ("王小明", False, frozenset())
    assert not user.has_usable_password()
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("wang@example.invalid", True, True)
    ]


def test_a_new_account_by_mobile_needs_no_address(
    client: Client, sms: list[tuple[str, str]], code_in: ReadCode
) -> None:
    client.post("/accounts/signup/", {"name": "王小明", "login": MOBILE})
    done = client.post("/accounts/phone/verify/", {"code": code_in(sms[0][1])}, follow=True)

    user = User.objects.with_mobile(MOBILE).get()
    assert done.redirect_chain[-1][0] == ME
    assert user.email is None
    assert user.mobile_verified


def test_signing_up_again_makes_no_second_account(client: Client, sms: list[tuple[str, str]]) -> None:
    UserFactory(mobile=MOBILE, email=None, mobile_verified=True)

    answer = client.post("/accounts/signup/", {"name": "王小明", "login": MOBILE})

    assert answer["Location"] == "/accounts/phone/verify/"
    assert User.objects.count() == 1
    assert "已有账号" in sms[0][1]


def test_the_mobile_number_lies_nowhere_in_the_clear(
    client: Client, sms: list[tuple[str, str]], code_in: ReadCode
) -> None:
    UserFactory(mobile=MOBILE, email=None)
    client.post(LOGIN, {"login": MOBILE})
    code = code_in(sms[0][1])

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(u)::text FROM accounts_user u")
        accounts = cursor.fetchall()
        cursor.execute("SELECT session_key, session_data FROM django_session")
        sessions = cursor.fetchall()

    assert accounts
    assert sessions
    assert MOBILE not in str(accounts)
    # The session is sealed as a whole: even its owner's library reads nothing without the key.
    for _key, data in sessions:
        payload = urlsafe_b64decode(data.split(":")[0].lstrip(".") + "===")
        assert MOBILE.encode() not in payload
        assert code.encode() not in payload


def test_a_code_is_never_logged(
    client: Client, sms: list[tuple[str, str]], code_in: ReadCode, caplog: pytest.LogCaptureFixture
) -> None:
    UserFactory(mobile=MOBILE, email=None)

    with caplog.at_level("DEBUG"):
        client.post(LOGIN, {"login": MOBILE})

    assert "139****1234" in caplog.text
    assert code_in(sms[0][1]) not in caplog.text
    assert MOBILE not in caplog.text


def test_a_closed_account_is_told_so(client: Client, sms: list[tuple[str, str]], code_in: ReadCode) -> None:
    UserFactory(mobile=MOBILE, email=None, is_active=False)

    client.post(LOGIN, {"login": MOBILE})
    answer = client.post(CONFIRM, {"code": code_in(sms[0][1])})

    assert answer["Location"] == "/accounts/inactive/"
    assert client.get("/accounts/inactive/").status_code == 200


def test_without_a_gateway_no_mobile_number_is_asked_for(client: Client, settings: object) -> None:
    settings.PORTAL_SMS_GATEWAY = ""  # type: ignore[attr-defined]
    settings.ACCOUNT_LOGIN_METHODS = {"email"}  # type: ignore[attr-defined]
    settings.ACCOUNT_SIGNUP_FIELDS = ["email*"]  # type: ignore[attr-defined]
    UserFactory(mobile=MOBILE, email=None)

    for path in (LOGIN, "/accounts/login/password/", "/accounts/signup/"):
        page = client.get(path).content.decode()
        assert "手机" not in page
        assert "短信" not in page
    assert client.post(LOGIN, {"login": MOBILE}).context["form"].errors["login"]
    assert client.post("/accounts/signup/", {"name": "x", "login": MOBILE}).context["form"].errors["login"]


def test_without_any_way_to_send_a_code_the_page_says_so(client: Client, settings: object) -> None:
    settings.PORTAL_SMS_GATEWAY = ""  # type: ignore[attr-defined]
    settings.ACCOUNT_LOGIN_METHODS = {"email"}  # type: ignore[attr-defined]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST = ""  # type: ignore[attr-defined]

    page = client.get(LOGIN).content.decode()

    assert "暂不能发送验证码" in page
    assert 'name="login"' not in page
    assert "暂不能发送验证码" in client.get("/accounts/signup/").content.decode()


def test_a_broken_mail_server_breaks_no_page(client: Client, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    UserFactory(email="li@example.invalid")

    answer = client.post(LOGIN, {"login": "li@example.invalid"}, follow=True)

    assert answer.status_code == 200
    assert "暂时无法发送" in answer.content.decode()


def test_a_code_is_good_for_ten_minutes(
    client: Client, mailoutbox: list[EmailMessage], code_in: ReadCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    UserFactory(email="li@example.invalid")
    client.post(LOGIN, {"login": "li@example.invalid"})
    now = time.time()

    monkeypatch.setattr("allauth.account.internal.flows.code_verification.time.time", lambda: now + 601)
    answer = client.post(CONFIRM, {"code": code_in(mailoutbox[0])}, follow=True)

    assert "验证码已过期" in answer.content.decode()
    assert not answer.wsgi_request.user.is_authenticated


def test_a_lost_session_says_what_to_do(client: Client) -> None:
    answer = client.post(CONFIRM, {"code": "123456"}, follow=True)

    assert answer.redirect_chain[-1] == (LOGIN, 302)
    assert "验证码已过期" in answer.content.decode()


def test_a_form_without_its_token_says_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post(LOGIN, {"login": "li@example.invalid"})

    assert answer.status_code == 403
    assert "请再提交一次" in answer.content.decode()


def test_too_many_requests_are_told_in_words(client: Client, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}  # type: ignore[attr-defined]
    client.post(LOGIN, {"login": "li@example.invalid"})

    answer = client.post(LOGIN, {"login": "li@example.invalid"})

    assert answer.status_code == 429
    assert "15 分钟后再试" in answer.content.decode()


def test_signing_up_again_at_once_is_told_in_words_too(db: None, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"verify_phone": "1/m/key"}  # type: ignore[attr-defined]
    answers = [Client().post("/accounts/signup/", {"name": "王小明", "login": MOBILE}) for _tab in range(2)]

    assert [answer.status_code for answer in answers] == [302, 429]
