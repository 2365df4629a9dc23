"""Signing in with a real browser: the policy holds, the second step works, axe finds nothing."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

from tests.browser import DESKTOP, PHONE, SMALL_PHONE, Axe, OpenPage
from tests.factories.accounts import UserFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.invitations import invitation_token, invite

GOOD = "Shi-Mo-17"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page, site: str, email: str) -> None:
    """Sign in with the password."""
    page.goto(f"{site}/accounts/login/password/")
    page.get_by_label("邮箱或手机号").fill(email)
    page.get_by_label("密码", exact=False).fill(GOOD)
    page.get_by_role("button", name="登录", exact=True).click()


def virtual_key(page: Page) -> None:
    """Plug a security key into the browser."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasResidentKey": False,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def on_localhost(live_server: Any) -> str:
    """Return the address under a name: security keys do not know bare numbers."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_from_the_invitation_to_the_recovery_codes(
    live_server: Any, open_page: OpenPage, axe: Axe, size: tuple[int, int]
) -> None:
    user = invite(email="new@example.invalid", name="周明", role=Role.AUDITOR)
    page = open_page(size)

    page.goto(f"{live_server.url}/accounts/invitation/{invitation_token(user)}/")
    axe(page)
    page.get_by_label("密码*", exact=True).fill(GOOD)
    page.get_by_label("再次输入密码").fill(GOOD)
    page.get_by_role("button", name="设置密码").click()
    sign_in(page, live_server.url, "new@example.invalid")
    axe(page)
    page.get_by_role("link", name="绑定应用").click()
    axe(page)
    secret = page.locator("code").inner_text()
    page.get_by_label("验证码").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.get_by_role("button", name="绑定").click()
    page.get_by_role("heading", name="恢复码", level=1).wait_for()
    axe(page)

    assert page.locator(".code-list li").count() == 10
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_a_security_key_is_set_up_and_asked_for(live_server: Any, open_page: OpenPage, axe: Axe) -> None:
    user = UserFactory(role=Role.AUDITOR, password=GOOD)
    site, page = on_localhost(live_server), open_page()
    virtual_key(page)

    sign_in(page, site, user.email)
    page.get_by_role("link", name="绑定密钥").click()
    axe(page)
    page.get_by_label("密钥名称").fill("办公室密钥")
    page.get_by_role("button", name="绑定").click()
    page.get_by_role("heading", name="恢复码", level=1).wait_for()
    page.goto(f"{site}/accounts/second-step/webauthn/")
    axe(page)
    assert page.get_by_role("heading", name="办公室密钥").count() == 1
    page.goto(f"{site}/accounts/logout/")
    page.locator("main form button").first.click()

    sign_in(page, site, user.email)
    page.get_by_role("heading", name="第二步验证", level=1).wait_for()
    axe(page)
    page.get_by_role("button", name="使用安全密钥").click()
    page.wait_for_url("**/admin/")


@pytest.mark.parametrize(
    "cookies", [{}, {"portal_display": "elder"}, {"portal_theme": "dark"}, {"portal_language": "en"}]
)
def test_axe_finds_nothing(live_server: Any, open_page: OpenPage, axe: Axe, cookies: dict[str, str]) -> None:
    page = open_page(PHONE, expected=("410",))
    for name, value in cookies.items():
        page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])

    for path in ("login/", "login/password/", "signup/", "password/reset/", "inactive/", "invitation/void/"):
        page.goto(f"{live_server.url}/accounts/{path}")
        axe(page)
    page.goto(f"{live_server.url}/accounts/login/password/")
    page.locator("form button[type=submit]").first.click()
    axe(page)


@pytest.mark.parametrize("size", [SMALL_PHONE, PHONE])
@pytest.mark.parametrize("cookies", [{"portal_display": "elder"}, {"portal_display": "elder", "portal_language": "en"}])
def test_nothing_scrolls_sideways(
    live_server: Any, open_page: OpenPage, cookies: dict[str, str], size: tuple[int, int]
) -> None:
    page = open_page(size)
    for name, value in cookies.items():
        page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    for path in ("login/", "login/password/", "signup/", "password/reset/"):
        page.goto(f"{live_server.url}/accounts/{path}")
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{path} scrolls sideways"


@pytest.mark.parametrize("cookies", [{}, {"portal_display": "elder"}, {"portal_theme": "dark"}])
def test_axe_finds_nothing_on_my_account(
    live_server: Any, open_page: OpenPage, axe: Axe, cookies: dict[str, str]
) -> None:
    user = UserFactory(role=Role.STUDENT, password=GOOD, mobile="13900001234")
    page = open_page(PHONE)
    sign_in(page, live_server.url, user.email)
    for name, value in cookies.items():
        page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])

    for path in ("me/", "email/", "phone/change/", "password/change/", "logout/", "second-step/"):
        page.goto(f"{live_server.url}/accounts/{path}")
        axe(page)
