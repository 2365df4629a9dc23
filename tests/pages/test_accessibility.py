"""axe finds nothing on the pages of the site, in every layout and light."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE, SMALL_PHONE
from tests.factories.bases import BaseFactory, BaseKindFactory
from wenxi_portal.pages.services.guides import load_guides

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LAYOUTS = {
    "desktop": (DESKTOP, {}),
    "phone": (PHONE, {}),
    "dark": (DESKTOP, {"portal_theme": "dark"}),
    "elder": (PHONE, {"portal_display": "elder"}),
    "small-phone-english": (SMALL_PHONE, {"portal_language": "en"}),
    "elder-english": (PHONE, {"portal_display": "elder", "portal_language": "en"}),
    "small-phone-elder-english": (SMALL_PHONE, {"portal_display": "elder", "portal_language": "en"}),
    "elder-dark-english": (
        DESKTOP,
        {"portal_display": "elder", "portal_theme": "dark", "portal_language": "en"},
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_axe_finds_nothing(open_page, axe, live_server, layout):
    BaseKindFactory(number=1, lead_unit_inferred=True)
    BaseFactory(unveiled=True, universities__new=True)
    load_guides()
    size, cookies = LAYOUTS[layout]
    page = open_page(size, expected=("404",))
    page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    addresses = [reverse(f"pages:{name}") for name in ("home", "about", "guides", "site_map", "accessibility")]
    for address in [*addresses, reverse("pages:guide", args=["propose-a-base"]), "/no-such-page/"]:
        page.goto(live_server.url + address)
        axe(page)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{address} scrolls sideways"


def test_elder_mode_has_large_type_and_large_targets(open_page, live_server):
    load_guides()
    page = open_page(PHONE)
    page.goto(live_server.url + reverse("pages:home"))
    page.get_by_role("link", name="长者模式").click()
    page.wait_for_url(live_server.url + reverse("pages:home"))
    found = page.evaluate(
        """() => {
            const body = getComputedStyle(document.body);
            const small = [...document.querySelectorAll("a, button, summary, input")]
                .filter((node) => node.offsetParent && !node.closest("p, .skip-link"))
                .filter((node) => node.getBoundingClientRect().height < 59.5)
                .map((node) => node.outerHTML.slice(0, 80));
            return {size: parseFloat(body.fontSize), line: parseFloat(body.lineHeight), small};
        }"""
    )
    assert found["size"] >= 20
    assert found["line"] / found["size"] >= 1.6
    assert found["small"] == []
    page.reload()
    assert page.locator("html").get_attribute("data-display") == "elder"
    page.get_by_role("link", name="退出长者模式").click()
    expect(page.locator("html")).to_have_attribute("data-display", "standard")


@pytest.mark.parametrize("path", ["login/", "login/password/", "signup/", "password/reset/"])
def test_every_link_of_the_sign_in_pages_is_large_in_elder_mode(open_page, live_server, path):
    page = open_page(PHONE)
    page.context.add_cookies([{"name": "portal_display", "value": "elder", "url": live_server.url}])
    page.goto(f"{live_server.url}/accounts/{path}")
    links = page.locator("main a:visible").all()
    small = [link.inner_text() for link in links if link.bounding_box()["height"] < 59.5]
    assert small == []


def test_a_visitor_finds_the_way_by_keyboard(open_page, live_server):
    load_guides()
    page = open_page(PHONE)
    page.goto(live_server.url + reverse("pages:home"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("summary", has_text="菜单").focus()
    page.keyboard.press("Enter")
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="办事指南").focus()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent").strip() == "菜单"
    page.keyboard.press("Enter")
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="办事指南").press("Enter")
    page.wait_for_url(live_server.url + reverse("pages:guides"))


def test_pages_work_without_scripts(open_page, live_server):
    load_guides()
    page = open_page(PHONE, scripts=False)
    page.goto(live_server.url + reverse("pages:home"))
    page.locator("summary", has_text="菜单").click()
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="办事指南").click()
    page.wait_for_url(live_server.url + reverse("pages:guides"))


def test_elder_mode_reads_the_page_aloud(open_page, live_server):
    page = open_page(DESKTOP)
    page.add_init_script(
        """
        window.spoken = [];
        const synth = {speaking: false, cancel() { this.speaking = false; },
                       speak(piece) { this.speaking = true; window.spoken.push([piece.lang, piece.text]); }};
        Object.defineProperty(window, "speechSynthesis", {value: synth});
        """
    )
    page.context.add_cookies([{"name": "portal_display", "value": "elder", "url": live_server.url}])
    page.goto(live_server.url + reverse("pages:accessibility"))
    page.get_by_role("button", name="朗读本页").click()
    assert ["zh-Hans", "无障碍说明"] in page.evaluate("window.spoken")
    page.get_by_role("button", name="停止朗读").click()
    assert page.get_by_role("button", name="朗读本页").get_attribute("aria-pressed") == "false"
    assert page.evaluate("speechSynthesis.speaking") is False
