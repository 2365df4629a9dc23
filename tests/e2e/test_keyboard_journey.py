"""The whole way in elder mode and with the keyboard alone: signed up, applied, decided, accepted, ready, month, verified."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from internships.enums import ApplicationState
from internships.models import Application, AttendanceSheet, Placement
from internships.services.attendance import open_sheet
from internships.services.certificate import issue_certificate
from internships.services.placement import place
from internships.services.stay_course import complete, start
from tests.browser import DESKTOP, PHONE, Axe, OpenPage
from tests.e2e.keys import Keys
from tests.e2e.test_stay_journey import enter
from tests.factories import stays
from tests.factories.accounts import staff
from tests.factories.internships import PositionFactory
from tests.factories.organisations import UniversityFactory
from tests.factories.talent import id_number
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.roles import sync_roles
from wenxi_portal.accounts.services.sms import RecordingGateway

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Not the number of the other journey: codes to one number have their pause.
MOBILE = "13900005678"
FIRST, LAST = stays.day(-40), stays.day(-3)


def test_from_sign_up_to_the_certificate(live_server: Any, open_page: OpenPage, axe: Axe) -> None:
    sync_roles()
    RecordingGateway.outbox.clear()
    site = live_server.url
    university = UniversityFactory(name="示例大学")
    position = PositionFactory(starts_on=FIRST, ends_on=stays.day(30), apply_until=stays.day(5), seats=1)
    student = open_page(PHONE)
    student.goto(site + position.get_absolute_url())
    applies(student, Keys(student), university.name)
    application = Application.objects.get()
    assert application.state == ApplicationState.SUBMITTED
    decides(elder(open_page(PHONE), site, stays.member(position.host, Role.HOST)), site, axe)
    Keys(student).press("我的实习", "link")
    Keys(student).press(position.title, "link")
    Keys(student).press("接受录用")
    expect(student.get_by_text("已接受录用").first).to_be_visible()
    axe(student)

    # What the office does with papers is shown elsewhere.
    stay = place(application=Application.objects.get(), actor=None, starts_on=FIRST, ends_on=LAST, today=FIRST)
    type(stay.student).objects.update(enrolment_checked_on=timezone.localdate(), enrolment_checked_by=staff())
    stays.insured(stay)
    stays.agreed(stay)
    makes_ready(open_page(DESKTOP), site, stay, axe)
    start(placement=Placement.objects.get(), actor=None, on=FIRST, today=FIRST)
    months = sorted({(FIRST + timedelta(days=number)).replace(day=1) for number in range((LAST - FIRST).days + 1)})
    sheet = open_sheet(placement=Placement.objects.get(), month=months[0])
    fills_in(elder(open_page(PHONE), site, stays.host_of(stay)), site, sheet, axe)
    for month in months[1:]:
        stays.confirmed(Placement.objects.get(), month)
    done = complete(placement=Placement.objects.get(), actor=None)
    stays.appraised(done)
    certificate = issue_certificate(placement=done, actor=staff(), site=f"{site}/internships/certificate/")
    verifies(elder(open_page(PHONE), site), site, certificate.code, stay.host.name, axe)


def elder(page: Page, site: str, user: Any = None) -> Page:
    """Show the page in elder mode, to ``user`` if there is one."""
    page.context.add_cookies([{"name": "portal_display", "value": "elder", "url": site}])
    if user:
        enter(page, site, user)
    return page


def applies(page: Page, keys: Keys, university: str) -> None:
    """From the position's page to the submitted application."""
    keys.press("长者模式", "link")
    expect(page.locator("html")).to_have_attribute("data-display", "elder")
    keys.press("申请这个岗位", "link")
    keys.press("注册账号", "link")
    keys.write("您的姓名", "裴示例")
    keys.write("邮箱或手机号", MOBILE)
    page.keyboard.press("Enter")
    page.get_by_label("验证码").wait_for()
    keys.write("验证码", re.findall(r"\d{6}", RecordingGateway.outbox[-1][1])[0])
    page.keyboard.press("Enter")
    keys.press("现在办理", "link")
    keys.write("证件号码", id_number())
    keys.press("保存并继续")
    keys.write("就读学校", university)
    keys.choose(page.get_by_label("在读学历层次"), "bachelor")
    keys.to(page.locator("#id_major"))
    page.keyboard.type("测绘工程")
    keys.day("预计毕业日期", timezone.localdate() + timedelta(days=500))
    keys.press("保存并继续")
    keys.write("紧急联系人姓名", "裴家长")
    keys.write("与您的关系", "母亲")
    keys.write("紧急联系人手机号", "13900000000")
    keys.press("保存并继续")
    keys.tick("我已阅读并同意")
    keys.press("保存个人资料")
    keys.write("学籍在线验证码", "ABCD1234EFGH")
    keys.press("保存")
    keys.write("申请理由", "学的是测绘工程，想回乡做镁合金检测。")
    keys.press("提交申请")
    expect(page.get_by_text("申请已提交。")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-display", "elder")


def decides(page: Page, site: str, axe: Axe) -> None:
    """The host shortlists, looks up the number and offers."""
    keys = Keys(page)
    page.goto(f"{site}/accounts/me/host/applicants/")
    keys.press("裴示例", "link")
    keys.pick("初选")
    keys.press("决定")
    keys.write("查看用途", "约定面试")
    keys.press("查看手机号和邮箱")
    expect(page.get_by_text(MOBILE)).to_be_visible()
    keys.pick("录用")
    keys.press("决定")
    expect(page.get_by_text("已录用，待答复").first).to_be_visible()
    axe(page)


def makes_ready(page: Page, site: str, stay: Placement, axe: Axe) -> None:
    """The officer looks at what is there and marks the stay as ready."""
    enter(page, site, stays.member(stay.lead_unit, Role.LEAD_UNIT_OFFICER))
    page.goto(f"{site}/admin/internships/placement/{stay.pk}/change/")
    keys = Keys(page)
    keys.press("标记为可上岗", "link", exact=False)
    page.get_by_role("button", name="标记为可上岗").wait_for()
    axe(page)
    keys.press("标记为可上岗", exact=False)
    expect(page.get_by_text("该实习可以上岗")).to_be_visible()
    assert Placement.objects.get().state == "ready"


def fills_in(page: Page, site: str, sheet: AttendanceSheet, axe: Axe) -> None:
    """The host marks half a day and confirms the month."""
    page.goto(f"{site}/accounts/me/host/attendance/{sheet.month:%Y-%m}/")
    keys = Keys(page)
    keys.press(sheet.placement.student.name, "link")
    day = min(sheet.marks, key=int)
    keys.choose(page.locator(f"#id_day_{day}"), "half")
    axe(page)
    keys.press("确认本月考勤")
    expect(page.get_by_text("当月考勤已确认")).to_be_visible()
    assert AttendanceSheet.objects.get().marks[day] == "half"


def verifies(page: Page, site: str, code: str, host: str, axe: Axe) -> None:
    """A stranger keys the code in."""
    page.goto(f"{site}/internships/certificate/")
    keys = Keys(page)
    keys.write("核验码", code.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("此证明有效")
    expect(page.get_by_text(host)).to_be_visible()
    axe(page)
