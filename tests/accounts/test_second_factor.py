"""The second factor that staff need."""

import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection
from django.test import Client

from tests.factories.accounts import UserFactory, staff
from wenxi_portal.accounts.enums import STAFF_ROLES, Role
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.services.second_factor import reset_second_factor

SET_UP, ACTIVATE, CODES = (
    "/accounts/second-step/",
    "/accounts/second-step/totp/activate/",
    "/accounts/second-step/recovery-codes/",
)
PASSWORD_LOGIN, AUTHENTICATE = "/accounts/login/password/", "/accounts/second-step/authenticate/"
GOOD = "Shi-Mo-17"

pytestmark = pytest.mark.django_db


def code_for(secret: str) -> str:
    """Return what the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def secret_of(user: User) -> str:
    """Return the secret in the app of ``user``."""
    return get_adapter().decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
@pytest.mark.parametrize("path", ["/admin/", "/", "/accounts/me/", "/accounts/password/change/", "/accounts/email/"])
def test_staff_without_one_are_led_to_set_one_up(client: Client, role: Role, path: str) -> None:
    client.force_login(UserFactory(role=role))

    assert client.get(path)["Location"] == SET_UP
    assert client.post(path)["Location"] == SET_UP


def test_the_set_up_and_the_way_out_stay_open(client: Client) -> None:
    client.force_login(UserFactory(role=Role.AUDITOR))

    assert "请先启用第二步验证" in client.get(SET_UP).content.decode()
    assert client.get("/language/?lang=en&next=/accounts/second-step/")["Location"] == SET_UP
    assert client.post("/accounts/logout/")["Location"] == "/"


def test_a_part_of_a_page_is_led_there_as_a_whole(client: Client) -> None:
    client.force_login(UserFactory(role=Role.AUDITOR))

    assert client.get("/bases/", headers={"HX-Request": "true"})["HX-Redirect"] == SET_UP


def test_staff_set_up_an_app_after_signing_in_with_the_password(client: Client) -> None:
    officer = UserFactory(role=Role.LEAD_UNIT_OFFICER, password=GOOD)
    client.post(PASSWORD_LOGIN, {"login": officer.email, "password": GOOD})

    page = client.get(ACTIVATE)
    done = client.post(ACTIVATE, {"code": code_for(page.context["form"].secret)})

    assert "data:image/svg+xml;base64," in page.content.decode()
    assert done["Location"] == CODES
    assert len(client.get(CODES).context["unused_codes"]) == 10
    assert client.get("/accounts/me/").status_code == 200


def test_a_password_alone_does_not_open_the_admin(client: Client) -> None:
    officer = staff(Role.FINANCE, password=GOOD)

    asked = client.post(PASSWORD_LOGIN, {"login": officer.email, "password": GOOD})
    before = client.get("/accounts/me/")
    wrong = client.post(AUTHENTICATE, {"code": "000000"})
    right = client.post(AUTHENTICATE, {"code": code_for(secret_of(officer))})

    assert asked["Location"] == AUTHENTICATE
    assert before.status_code == 302
    assert wrong.status_code == 200
    assert right["Location"] == "/after-sign-in/"
    assert client.get("/after-sign-in/")["Location"] == "/admin/"


def test_five_wrong_second_steps_lock(client: Client) -> None:
    officer = staff(Role.FINANCE, password=GOOD)
    client.post(PASSWORD_LOGIN, {"login": officer.email, "password": GOOD})

    for _try in range(5):
        client.post(AUTHENTICATE, {"code": "000000"})

    answer = client.post(AUTHENTICATE, {"code": code_for(secret_of(officer))})
    assert "尝试次数过多" in answer.content.decode()


def test_a_recovery_code_works_once(client: Client) -> None:
    officer = staff(Role.AUDITOR, password=GOOD)
    code = Authenticator.objects.get(user=officer, type="recovery_codes").wrap().get_unused_codes()[0]

    for expected in (302, 200):
        client.post("/accounts/logout/")
        client.post(PASSWORD_LOGIN, {"login": officer.email, "password": GOOD})
        assert client.post(AUTHENTICATE, {"code": code}).status_code == expected


def test_staff_cannot_remove_their_last_second_factor(client: Client) -> None:
    officer = staff(Role.AUDITOR)
    client.force_login(officer)
    just_signed_in(client)

    answer = client.post("/accounts/second-step/totp/deactivate/")

    assert "请先绑定另一种方式" in answer.content.decode()
    assert Authenticator.objects.filter(user=officer, type="totp").exists()


def test_a_student_may_have_one_and_may_remove_it(client: Client) -> None:
    student = UserFactory(role=Role.STUDENT, second_factor=True)
    client.force_login(student)
    just_signed_in(client)

    client.post("/accounts/second-step/totp/deactivate/")

    assert not Authenticator.objects.filter(user=student).exists()
    assert client.get("/accounts/me/").status_code == 200


def test_later_changes_ask_for_the_password_again(client: Client) -> None:
    client.force_login(staff(Role.AUDITOR, password=GOOD))

    assert client.get(CODES)["Location"].startswith("/accounts/reauthenticate/")


def test_secrets_are_sealed_at_rest() -> None:
    officer = staff(Role.AUDITOR)

    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        stored = str(cursor.fetchall())

    assert secret_of(officer) not in stored
    assert "aes:" in stored


def test_a_lost_phone_is_forgotten_and_the_set_up_comes_back(client: Client) -> None:
    officer = staff(Role.AUDITOR)
    client.force_login(officer)

    assert reset_second_factor(user=officer) == 2
    assert client.get("/accounts/me/")["Location"] == SET_UP


def just_signed_in(client: Client) -> None:
    """Let the session look fresh, as after a sign-in through the pages."""
    session = client.session
    session["accounts_signed_in_at"] = time.time()
    session.save()
