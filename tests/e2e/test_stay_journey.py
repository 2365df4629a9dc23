"""A stay in a real browser: the officer makes it ready, the host fills the month on a phone, a stranger verifies."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from internships.models import AttendanceSheet, Placement
from internships.services.attendance import open_sheet
from internships.services.certificate import issue_certificate
from tests.browser import DESKTOP, PHONE, Axe, OpenPage
from tests.factories import stays
from tests.factories.accounts import staff
from tests.factories.stays import member
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.roles import sync_roles

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def enter(page: Any, address: str, user: Any) -> None:
    """Give the page the session of somebody who has signed in."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


@pytest.fixture(autouse=True)
def _roles(transactional_db: None) -> None:
    sync_roles()


def test_an_officer_makes_a_stay_ready(live_server: Any, open_page: OpenPage, axe: Axe) -> None:
    stay = stays.planned(0, 30)
    stays.insured(stay)
    stays.agreed(stay)
    page = open_page(DESKTOP)
    enter(page, live_server.url, member(stay.lead_unit, Role.LEAD_UNIT_OFFICER))
    page.goto(f"{live_server.url}/admin/internships/placement/{stay.pk}/change/")
    expect(page.get_by_role("heading", name="上岗前须具备")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="标记为可上岗").click()
    page.get_by_role("button", name="标记为可上岗").click()
    expect(page.get_by_text("该实习可以上岗")).to_be_visible()
    assert Placement.objects.get(pk=stay.pk).state == "ready"
    page.goto(f"{live_server.url}/admin/internships/placement/board/")
    axe(page)


def test_a_host_fills_a_month_on_a_phone(live_server: Any, open_page: OpenPage, axe: Axe) -> None:
    stay = stays.on_post(-70, 20)
    sheet = open_sheet(placement=stay, month=stay.starts_on)
    page = open_page(PHONE)
    enter(page, live_server.url, stays.host_of(stay))
    page.goto(f"{live_server.url}/accounts/me/host/attendance/{stay.starts_on:%Y-%m}/")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    page.get_by_role("link", name=stay.student.name).click()
    axe(page)
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0
    key = min(sheet.marks, key=int)
    page.locator(f"#id_day_{key}").select_option("half")
    page.get_by_role("button", name="确认本月考勤").click()
    expect(page.get_by_text("当月考勤已确认")).to_be_visible()
    assert AttendanceSheet.objects.get().marks[key] == "half"


def test_a_stranger_verifies_a_certificate(live_server: Any, open_page: OpenPage, axe: Axe) -> None:
    done = stays.over(-20, -15)
    for month in {done.starts_on.replace(day=1), done.ends_on.replace(day=1)}:
        stays.confirmed(done, month)
    stays.appraised(done)
    one = issue_certificate(placement=done, actor=staff(), site=f"{live_server.url}/internships/certificate/")
    page = open_page(PHONE, expected=("404",))
    page.goto(f"{live_server.url}/internships/certificate/")
    axe(page)
    page.get_by_label("核验码").fill(one.code.lower())
    page.get_by_role("button", name="核验").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("此证明有效")
    expect(page.get_by_text(done.host.name)).to_be_visible()
    axe(page)
    page.goto(f"{live_server.url}/internships/certificate/AAAABBBBCCCCDDDD/")
    expect(page.get_by_role("heading", level=1)).to_have_text("没有此核验码的证明")
    page = open_page(PHONE)
    enter(page, live_server.url, done.student.user)
    page.goto(f"{live_server.url}/accounts/me/internships/stays/{done.pk}/")
    expect(page.get_by_role("link", name="下载实习证明")).to_be_visible()
    axe(page)
