"""A student signs up on a phone and applies, the host decides, the student accepts; then the pages under axe."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from internships.enums import ApplicationState
from internships.models import Application
from tests.browser import PHONE, TABLET, Axe, OpenPage
from tests.factories.accounts import UserFactory
from tests.factories.internships import PositionFactory
from tests.factories.organisations import HostFactory, MembershipFactory, UniversityFactory
from tests.factories.talent import id_number
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.sms import RecordingGateway

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOBILE, PASSWORD = "13900001234", "Pei-Bai-Cun-8"
# What a person does is counted in the page: taps, and fields filled in. A tap takes about two seconds, a field five.
COUNT = """for (const deed of ['click', 'change'])
    addEventListener(deed, event => {
        if (event.isTrusted && !(deed === 'click' && event.detail === 0))
            sessionStorage[deed] = Number(sessionStorage[deed] || 0) + 1
    }, true)"""
SECONDS = {"click": 2, "change": 5}
MOST_SECONDS = 120


def go_on(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def fits(page: Page) -> None:
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, page.url


def test_from_sign_up_to_an_accepted_place(live_server: Any, open_page: OpenPage, axe: Axe) -> None:
    RecordingGateway.outbox.clear()
    host = HostFactory()
    member = MembershipFactory(user=UserFactory(role=Role.HOST, password=PASSWORD), organisation=host).user
    university, position = UniversityFactory(), PositionFactory(host=host, seats=1)
    site, phone = live_server.url, open_page(PHONE)
    phone.add_init_script(COUNT)
    sign_up(phone, f"{site}/accounts/signup/?next=/accounts/me/internships/apply/{position.pk}/")
    phone.goto(f"{site}/accounts/me/internships/apply/{position.pk}/")
    expect(phone.get_by_text("您还没有填写个人资料。")).to_be_visible()
    axe(phone)
    phone.get_by_role("link", name="现在办理").click()
    fill_in_profile(phone, site, university.name, axe)
    apply(phone, position.title, axe)
    deeds = {deed: int(phone.evaluate(f"sessionStorage.{deed}")) for deed in SECONDS}
    assert sum(deeds[deed] * each for deed, each in SECONDS.items()) < MOST_SECONDS, deeds
    decide(open_page(TABLET), site, member.email, axe)
    accept(phone, site, position.title, axe)
    assert Application.objects.get().state == ApplicationState.ACCEPTED
    position.refresh_from_db()
    assert position.seats_taken == 1


def sign_up(phone: Page, address: str) -> None:
    phone.goto(address)
    phone.get_by_label("您的姓名").fill("裴示例")
    phone.get_by_label("邮箱或手机号").fill(MOBILE)
    phone.locator("main form button[type=submit]").first.click()
    phone.get_by_label("验证码").wait_for()
    code = re.findall(r"\d{6}", RecordingGateway.outbox[-1][1])[0]
    phone.get_by_label("验证码").fill(code)
    phone.locator("main form button[type=submit]").first.click()
    phone.wait_for_url(lambda url: "/signup" not in url and "verify" not in url and "confirm" not in url)


def fill_in_profile(phone: Page, site: str, university: str, axe: Axe) -> None:
    expect(phone.get_by_label("姓名（与证件一致）")).to_have_value("裴示例")
    phone.get_by_label("证件号码").fill(id_number())
    axe(phone)
    fits(phone)
    go_on(phone, "保存并继续")
    phone.get_by_label("就读学校").fill(university)
    phone.get_by_label("在读学历层次").select_option(label="本科")
    phone.locator("#id_major").fill("测绘工程")
    phone.get_by_label("预计毕业日期").fill((timezone.localdate() + timedelta(days=500)).isoformat())
    axe(phone)
    go_on(phone, "保存并继续")
    phone.get_by_label("紧急联系人姓名").fill("裴家长")
    phone.get_by_label("与您的关系").fill("母亲")
    phone.get_by_label("紧急联系人手机号").fill("13900000000")
    go_on(phone, "保存并继续")
    # The page is opened anew: what stood on the pages before is still there.
    phone.goto(f"{site}/accounts/me/internships/profile/study/")
    expect(phone.get_by_label("就读学校")).to_have_value(university)
    phone.goto(f"{site}/accounts/me/internships/profile/")
    phone.get_by_label("我已阅读并同意").check()
    axe(phone)
    go_on(phone, "保存个人资料")
    phone.get_by_label("学籍在线验证码").fill("ABCD1234EFGH")
    go_on(phone, "保存")


def apply(phone: Page, title: str, axe: Axe) -> None:
    expect(phone.get_by_text("您符合申请条件。")).to_be_visible()
    phone.get_by_label("申请理由").fill("学的是测绘工程，想回乡做镁合金检测。")
    expect(phone.locator("[data-autosave-status]")).to_contain_text("草稿已保存", timeout=9_000)
    axe(phone)
    fits(phone)
    go_on(phone, "提交申请")
    expect(phone.get_by_role("heading", level=1)).to_contain_text(title)
    expect(phone.get_by_text("申请已提交。")).to_be_visible()
    axe(phone)


def decide(desk: Page, site: str, email: str, axe: Axe) -> None:
    desk.goto(f"{site}/accounts/login/password/")
    desk.get_by_label("邮箱或手机号").fill(email)
    desk.get_by_label("密码", exact=False).fill(PASSWORD)
    desk.get_by_role("button", name="登录", exact=True).click()
    desk.wait_for_url(lambda url: "/login/" not in url)
    desk.goto(f"{site}/accounts/me/host/applicants/")
    axe(desk)
    desk.get_by_role("link", name="裴示例").click()
    expect(desk.get_by_text(MOBILE)).to_have_count(0)
    desk.get_by_label("初选", exact=True).check()
    go_on(desk, "决定")
    desk.get_by_label("查看用途").fill("约定面试")
    go_on(desk, "查看手机号和邮箱")
    expect(desk.get_by_text(MOBILE)).to_be_visible()
    axe(desk)
    desk.get_by_label("录用", exact=True).check()
    go_on(desk, "决定")
    expect(desk.get_by_text("已录用，待答复").first).to_be_visible()


def accept(phone: Page, site: str, title: str, axe: Axe) -> None:
    phone.goto(f"{site}/accounts/me/internships/")
    axe(phone)
    phone.get_by_role("link", name=title).click()
    # Two quick taps take one seat.
    phone.get_by_role("button", name="接受录用").dblclick(no_wait_after=True)
    expect(phone.get_by_text("已接受录用").first).to_be_visible()
    axe(phone)
