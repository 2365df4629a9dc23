"""An officer signs in, adds a base, unveils it, and the county reads about it; another unit's draft stays unseen."""

import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.management import call_command
from playwright.sync_api import Page, expect

from bases.models import BaseKind
from tests.browser import DESKTOP, PHONE, Axe, OpenPage
from tests.factories.accounts import UserFactory
from tests.factories.bases import BaseFactory
from tests.factories.organisations import MembershipFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.organisations.models import Organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "Pei-Bai-Cun-8"
NAME = "演示智库合作基地（浏览器旅程）"


@pytest.fixture
def facts() -> None:
    call_command("load_wenxi", verbosity=0)


def sign_in(page: Page, site: str, role: Role, unit: Organisation | None = None) -> None:
    """Sign in as a new officer, password first, then the code of the authenticator app."""
    officer = UserFactory(role=role, password=PASSWORD)
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    if unit:
        MembershipFactory(user=officer, organisation=unit)
    page.goto(f"{site}/accounts/login/password/")
    page.get_by_label("邮箱或手机号").fill(officer.email)
    page.get_by_label("密码", exact=False).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_label("验证码").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"{site}/admin/")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_base_is_added_unveiled_and_read(
    facts: None, live_server: Any, open_page: OpenPage, axe: Axe, size: tuple[int, int]
) -> None:
    page, visitor = open_page(size), open_page(size)
    sign_in(page, live_server.url, Role.ORGANIZATION_DEPARTMENT)
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    page.goto(f"{live_server.url}/admin/bases/base/add/")
    page.locator("#id_name").fill(NAME)
    page.locator("#id_kind").select_option(label=BaseKind.objects.get(number=5).name)
    page.get_by_role("button", name="保存并继续编辑").click()
    expect(page.get_by_text("筹建中").first).to_be_visible()
    record = page.url

    visitor.goto(f"{live_server.url}/bases/?q={NAME}")
    expect(visitor.get_by_role("link", name=NAME, exact=True)).to_have_count(0)

    page.goto(record.replace("/change/", "/unveil/"))
    page.get_by_role("button", name="授牌", exact=True).click()
    page.get_by_label("理由").fill("县委常委会研究同意")
    page.get_by_label("授牌年份").fill("2024")
    page.get_by_role("button", name="授牌", exact=True).click()
    expect(page.get_by_text("已授牌").first).to_be_visible()
    expect(page.get_by_text("县委常委会研究同意").first).to_be_visible()

    visitor.goto(f"{live_server.url}/bases/?q=zkhzjd llqlc")
    visitor.get_by_role("link", name=NAME, exact=True).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(visitor.get_by_text("2024年").first).to_be_visible()
    expect(visitor.get_by_text("县委常委会研究同意")).to_have_count(0)
    axe(visitor)


def test_a_lead_unit_does_not_see_the_draft_of_another(
    facts: None, live_server: Any, open_page: OpenPage, axe: Axe
) -> None:
    own, other = Organisation.objects.lead_units().in_name_order()[:2]
    mine = BaseFactory(lead_unit=own, name="演示本单位筹建基地")
    theirs = BaseFactory(lead_unit=other, name="演示外单位筹建基地")
    page = open_page(expected=("404",))
    sign_in(page, live_server.url, Role.LEAD_UNIT_OFFICER, own)
    axe(page)

    page.goto(f"{live_server.url}/admin/bases/base/")
    expect(page.get_by_role("link", name=mine.name)).to_be_visible()
    expect(page.get_by_text(theirs.name)).to_have_count(0)

    for path in (
        f"/admin/bases/base/{theirs.pk}/change/",
        "/admin/bases/base/99999999/change/",
        f"/bases/{theirs.pk}/",
    ):
        answer = page.goto(f"{live_server.url}{path}")
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_text(theirs.name)).to_have_count(0)
    assert page.goto(f"{live_server.url}/bases/{mine.pk}/").status == 200  # type: ignore[union-attr]
