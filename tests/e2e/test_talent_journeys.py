"""People in a real browser: entered with a warning, registered on a phone, asked once a year, followed up."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from talent.enums import RegistrationState
from talent.models import Person, Registration, SelfCheck
from talent.services.self_check import self_check_token
from tests.browser import DESKTOP, PHONE, Axe, OpenPage
from tests.e2e.test_officer_journey import sign_in
from tests.factories.organisations import LeadUnitFactory
from tests.factories.talent import contact, id_number, person
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.services.sms import RecordingGateway

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_person_is_entered_with_a_warning_while_typing(live_server: Any, open_page: OpenPage, axe: Axe) -> None:
    known = person(name="裴示例", mobile="13800000001", number=id_number(sequence=7))
    LeadUnitFactory()
    page = open_page(DESKTOP)
    sign_in(page, live_server.url, Role.ORGANIZATION_DEPARTMENT)
    page.goto(f"{live_server.url}/admin/talent/person/add/")
    page.locator("#id_id_number").fill("140823199903050000")
    expect(page.locator("#likeness")).to_contain_text("电子表格")
    page.locator("#id_id_number").fill(known.id_number)
    expect(page.locator("#likeness")).to_contain_text("已经在册")
    page.locator("#id_id_number").fill(id_number(sequence=300))
    expect(page.locator("#likeness")).to_contain_text("尚未在册")
    page.locator("#id_mobile").fill("13800000001")
    expect(page.locator("#likeness").get_by_role("link", name="裴示例")).to_be_visible()
    page.locator("#id_name").fill("裴样板")
    axe(page)
    page.get_by_role("button", name="录入人员").click()
    page.get_by_label("不是，这是另一个人").check()
    page.get_by_role("button", name="录入人员").click()
    expect(page.get_by_text("裴样板").first).to_be_visible()
    assert Person.objects.filter(name="裴样板").count() == 1
    assert page.content().count(known.id_number) == 0
    tab = page.get_by_role("link", name="联系记录与下一步")
    tab.focus()
    tab.press("Enter")
    expect(page.get_by_text("尚无联系记录。")).to_be_visible()
    expect(page.locator("#id_name")).to_be_hidden()
    page.reload()
    expect(page.get_by_text("尚无联系记录。")).to_be_visible()
    plain = open_page(DESKTOP, scripts=False)
    plain.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    plain.goto(page.url)
    expect(plain.get_by_text("尚无联系记录。")).to_be_visible()
    expect(plain.locator("#id_name")).to_be_visible()
    axe(page)


def test_a_native_registers_on_a_phone(live_server: Any, open_page: OpenPage, axe: Axe) -> None:
    RecordingGateway.outbox.clear()
    page = open_page(PHONE)
    page.goto(f"{live_server.url}/talent/register/")
    axe(page)
    page.get_by_label("您的姓名").fill("裴示例")
    page.get_by_label("邮箱或手机号").fill("138 0000 0001")
    page.get_by_label("高校").fill("示例大学")
    page.get_by_label("我已阅读并同意").check()
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0
    page.get_by_role("button", name="发送验证码").dblclick()
    expect(page.get_by_text("138****0001")).to_be_visible()
    assert len(RecordingGateway.outbox) == 1
    code = re.search(r"\d{6}", RecordingGateway.outbox[-1][1])
    assert code
    page.get_by_label("验证码").fill(code[0])
    axe(page)
    page.get_by_role("button", name="完成登记").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("谢谢您")
    axe(page)
    assert Registration.objects.get().state == RegistrationState.SUBMITTED


def test_one_tap_answers_the_yearly_question(live_server: Any, open_page: OpenPage, axe: Axe) -> None:
    whom = person(name="裴示例", mobile="13800000001")
    check = SelfCheck.objects.create(person=whom, expires_at=timezone.now() + timedelta(days=9))
    page = open_page(PHONE, expected=("410",))
    address = f"{live_server.url}/talent/still-correct/{self_check_token(check)}/"
    page.goto(address)
    expect(page.get_by_text("裴**")).to_be_visible()
    expect(page.get_by_text("裴示例")).to_have_count(0)
    axe(page)
    page.get_by_role("button", name="是的，仍然准确").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("谢谢您")
    page.goto(address)
    expect(page.get_by_text("138****0001")).to_have_count(0)
    axe(page)
    whom.refresh_from_db()
    assert whom.last_checked_on == timezone.localdate()


def test_my_week_is_worked_through(live_server: Any, open_page: OpenPage, axe: Axe) -> None:
    page = open_page(DESKTOP)
    sign_in(page, live_server.url, Role.ORGANIZATION_DEPARTMENT)
    officer = User.objects.order_by("-pk").first()
    contact(person(name="裴示例"), due=timezone.localdate() - timedelta(days=2), owner=officer)
    page.goto(f"{live_server.url}/admin/")
    expect(page.get_by_text("我的到期事项")).to_be_visible()
    page.goto(f"{live_server.url}/admin/talent/contact/week/")
    expect(page.get_by_role("link", name="裴示例", exact=True).first).to_be_visible()
    axe(page)
    page.get_by_role("button", name="生成新的日历地址").click()
    feed = page.locator("#feed-address").inner_text()
    assert page.request.get(feed).text().count("BEGIN:VEVENT") == 1
    page.goto(f"{live_server.url}/admin/talent/contact/week/")
    page.get_by_role("link", name="办结 裴示例").first.click()
    page.get_by_role("button", name="办结").click()
    page.goto(f"{live_server.url}/admin/talent/contact/week/")
    expect(page.get_by_role("link", name="裴示例", exact=True)).to_have_count(0)
    page.goto(f"{live_server.url}/admin/talent/contact/board/")
    axe(page)
