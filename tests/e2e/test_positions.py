"""Positions in a real browser: axe and widths in every layout, and a host's way to a published position."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from internships.models import Position
from internships.services.position import publish_position
from tests.browser import DESKTOP, PHONE
from tests.factories.accounts import UserFactory
from tests.factories.internships import PositionFactory
from tests.factories.organisations import HostFactory, LeadUnitFactory, MembershipFactory
from wenxi_portal.accounts.enums import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LAYOUTS = {
    "phone": (PHONE, {}),
    "elder-english": (PHONE, {"portal_display": "elder", "portal_language": "en"}),
    "dark": (DESKTOP, {"portal_theme": "dark"}),
}


def signed_in(page, live_server, user):
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_axe_finds_nothing(open_page, axe, live_server, layout):
    membership = MembershipFactory(organisation=HostFactory(), user=UserFactory(role=Role.HOST))
    shown = PositionFactory(host=membership.organisation, latitude="35.3567", longitude="111.2247")
    PositionFactory(closed=True)
    size, cookies = LAYOUTS[layout]
    page = open_page(size)
    page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    addresses = [
        reverse("internships:position_list") + query for query in ("?closed=too&level=master", "?place=nowhere")
    ]
    own = [reverse(f"host_desk:{name}") for name in ("positions", "position_new")]
    own.append(reverse("host_desk:position", args=[shown.pk]))
    for address in [*addresses, shown.get_absolute_url(), None, *own, reverse("my_internships:recommended")]:
        if address is None:
            signed_in(page, live_server, membership.user)
            continue
        page.goto(live_server.url + address)
        axe(page)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{address} scrolls sideways"


def test_a_host_enters_a_position_by_keyboard_and_a_visitor_finds_it(open_page, live_server):
    host, unit = HostFactory(name="云上厂"), LeadUnitFactory()
    user = MembershipFactory(organisation=host, user=UserFactory(role=Role.HOST)).user
    page = open_page(PHONE)
    signed_in(page, live_server, user)
    page.goto(live_server.url + reverse("host_desk:positions"))
    page.get_by_role("link", name="登记岗位").first.press("Enter")
    page.get_by_role("button", name="保存并提交审核").press("Enter")
    page.locator(".error-summary").get_by_role("link").first.press("Enter")
    page.keyboard.type("质量检验员")
    page.get_by_label("岗位类别").select_option("enterprise")
    page.get_by_label("工作内容", exact=False).first.fill("检验产品")
    page.get_by_label("所在地", exact=False).first.fill("示例镇")
    page.get_by_label("牵头单位").select_option(str(unit.pk))
    page.get_by_role("button", name="保存并提交审核").press("Enter")
    page.get_by_text("牵头单位将进行审核").wait_for()
    publish_position(position=Position.objects.get(), actor=None)
    visitor = open_page(PHONE)
    visitor.goto(live_server.url + reverse("pages:home"))
    visitor.get_by_role("link", name="找实习岗位").filter(visible=True).first.click()
    visitor.locator("summary", has_text="筛选").click()
    visitor.get_by_label("企业", exact=False).first.check()
    visitor.locator("#filters-done").click()
    visitor.wait_for_url("**sector=enterprise**")
    visitor.get_by_role("link", name="质量检验员").click()
    visitor.get_by_text("检验产品").wait_for()
