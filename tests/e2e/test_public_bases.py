"""A visitor finds a base: on a phone, on a desktop, in both languages, by keyboard, and without any script."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from bases.models import Base
from tests.bases.public import many
from tests.browser import DESKTOP, PHONE, SMALL_PHONE, TABLET
from tests.factories.bases import AgreementFactory, BaseFactory, BaseKindFactory
from tests.factories.organisations import UniversityFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]

# Each size, language, mode and theme once, the narrowest with the longest words in the largest letters.
LAYOUTS = {
    "desktop": (DESKTOP, {}),
    "phone": (PHONE, {}),
    "small-phone-elder-english": (SMALL_PHONE, {"portal_display": "elder", "portal_language": "en"}),
    "tablet-english": (TABLET, {"portal_language": "en"}),
    "dark": (DESKTOP, {"portal_theme": "dark"}),
    "elder-dark-english": (DESKTOP, {"portal_display": "elder", "portal_theme": "dark", "portal_language": "en"}),
}


@pytest.fixture
def wanted() -> Base:
    """One base among many that a filter by kind and a keyword find."""
    many.bases(45)
    kind = BaseKindFactory(number=13, name="示例红色基地", name_en="Red example base")
    university = UniversityFactory(name="云上大学", name_en="Cloud University")
    base = BaseFactory(
        unveiled=True, name="云上研学基地", name_en="Cloud study base", kind=kind, universities=[university]
    )
    AgreementFactory(signed=True, is_public=True, bases=[base], party=university)
    return base


def _dress(page: Page, url: str, cookies: dict[str, str]) -> None:
    page.context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_visitor_filters_and_opens_a_base(
    open_page: OpenPage, live_server: object, wanted: Base, size: tuple[int, int], language: str
) -> None:
    english = language == "en"
    page = open_page(size)
    page.goto(f"{live_server.url}{reverse('bases:list')}?lang={language}")  # type: ignore[attr-defined]
    if size == PHONE:
        page.get_by_text("Filter" if english else "筛选", exact=True).click()
    facet = page.get_by_role("group", name="Kind of base" if english else "基地类型")
    facet.get_by_text("Show all" if english else "显示全部").click()
    facet.get_by_label("Red example base" if english else "示例红色基地").check()
    page.wait_for_url("**kind=13**")
    expect(page.locator("[data-announce]")).to_have_text("1 base" if english else "共 1 个基地")
    expect(facet.get_by_label("Red example base" if english else "示例红色基地")).to_be_focused()
    page.reload()
    expect(page.get_by_role("heading", name="1 base" if english else "共 1 个基地")).to_be_visible()
    page.get_by_role("link", name="Cloud study base" if english else "云上研学基地").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cloud study base" if english else "云上研学基地")
    expect(page.get_by_role("heading", name="Agreements" if english else "合作协议", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="1 base" if english else "共 1 个基地")).to_be_visible()


@pytest.mark.parametrize("display", ["standard", "elder"])
def test_the_sheet_of_a_phone_tells_what_a_choice_brings(
    open_page: OpenPage, axe: Callable[[Page], None], live_server: object, wanted: Base, display: str
) -> None:
    page = open_page(PHONE)
    _dress(page, live_server.url, {"portal_display": display})  # type: ignore[attr-defined]
    page.goto(f"{live_server.url}{reverse('bases:list')}")  # type: ignore[attr-defined]
    page.locator("html.sheets").wait_for(state="attached")
    toggle = page.locator("#filters-toggle > summary")
    sheet = page.get_by_role("dialog", name="选择筛选条件")
    toggle.click()
    expect(sheet.get_by_role("button", name="查看 46 个结果")).to_be_in_viewport()
    axe(page)
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(toggle).to_be_focused()

    page.keyboard.press("Enter")
    state = sheet.get_by_role("group", name="状态", exact=True).get_by_label("暂停")
    state.scroll_into_view_if_needed()
    before = page.evaluate("document.querySelector('.filters').scrollTop")
    state.check()
    done = sheet.get_by_role("button", name=re.compile(r"^查看 (?!46 )\d+ 个结果$"))
    expect(done).to_be_in_viewport()
    assert abs(page.evaluate("document.querySelector('.filters').scrollTop") - before) < 2
    expect(state).to_be_focused()
    found = done.inner_text().split()[1]
    done.click()
    expect(sheet).to_have_count(0)
    heading = page.get_by_role("heading", name=f"共 {found} 个基地")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    assert page.evaluate("document.querySelectorAll('[inert]').length") == 0


def test_the_policy_has_nothing_to_refuse_when_something_else_styled_the_filters(
    open_page: OpenPage, live_server: object, wanted: Base
) -> None:
    """A browser's own helpers set styles on fields; copying them as attributes would be refused aloud."""
    page = open_page(DESKTOP)
    page.goto(f"{live_server.url}{reverse('bases:list')}")  # type: ignore[attr-defined]
    page.evaluate(
        "document.querySelectorAll('[data-live] [id]').forEach((node) => { node.style.outlineWidth = '1px'; })"
    )
    page.get_by_role("group", name="状态", exact=True).get_by_label("暂停").check()
    page.wait_for_url("**state=suspended**")
    expect(page.get_by_role("status").filter(has_text="个基地")).to_have_count(1)


def test_a_phone_without_scripts_keeps_the_plain_button(open_page: OpenPage, live_server: object, wanted: Base) -> None:
    page = open_page(PHONE, scripts=False)
    page.goto(f"{live_server.url}{reverse('bases:list')}")  # type: ignore[attr-defined]
    page.locator("#filters-toggle > summary").click()
    page.get_by_role("group", name="状态", exact=True).get_by_label("暂停").check()
    expect(page.get_by_role("button", name=re.compile("^查看"))).to_have_count(0)
    page.get_by_role("button", name="按条件筛选").click()
    assert "state=suspended" in page.url


def test_filters_follow_without_reload_and_stay_where_they_are(
    open_page: OpenPage, live_server: object, wanted: Base
) -> None:
    page = open_page(DESKTOP)
    page.goto(f"{live_server.url}{reverse('bases:list')}")  # type: ignore[attr-defined]
    page.evaluate("window.stayed = true")
    state = page.get_by_role("group", name="状态", exact=True)
    state.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    state.get_by_label("暂停").check()
    page.wait_for_url("**state=suspended**")
    expect(page.get_by_role("status").filter(has_text="个基地")).to_have_count(1)
    assert abs(page.evaluate("scrollY") - before) < 2
    expect(state.get_by_label("暂停")).to_be_focused()
    state.get_by_label("已撤销").check()
    page.wait_for_url("**state=**state=**")
    assert page.evaluate("window.stayed")
    page.go_back()
    expect(state.get_by_label("已撤销")).not_to_be_checked()


def test_a_visitor_without_scripts(open_page: OpenPage, live_server: object, wanted: Base) -> None:
    page = open_page(DESKTOP, scripts=False)
    page.goto(f"{live_server.url}{reverse('bases:list')}")  # type: ignore[attr-defined]
    page.get_by_role("searchbox").fill("yunshang")
    page.get_by_role("button", name="搜索").click()
    expect(page.get_by_role("heading", name="共 0 个基地")).to_be_visible()
    page.get_by_role("link", name="清除全部条件").click()
    page.get_by_role("group", name="状态").get_by_label("暂停").check()
    page.get_by_role("button", name="按条件筛选").click()
    assert "state=suspended" in page.url
    chip = page.get_by_role("list", name="已选条件").get_by_role("link", name="暂停")
    chip.click()
    assert "state=" not in page.url


def test_a_visitor_with_a_keyboard_only(open_page: OpenPage, live_server: object, wanted: Base) -> None:
    page = open_page(DESKTOP)
    page.goto(f"{live_server.url}{reverse('bases:list')}?kind=13")  # type: ignore[attr-defined]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    link = page.get_by_role("link", name="云上研学基地")
    for _ in range(90):
        if link.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("云上研学基地")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_axe_finds_nothing(
    open_page: OpenPage, axe: Callable[[Page], None], live_server: object, wanted: Base, layout: str
) -> None:
    size, cookies = LAYOUTS[layout]
    page = open_page(size)
    url = live_server.url  # type: ignore[attr-defined]
    _dress(page, url, cookies)
    bases = reverse("bases:list")
    addresses = [
        bases,
        f"{bases}?kind=13&place=unknown&state=zz",
        f"{bases}?page=2&sort=newest",
        wanted.get_absolute_url(),
        Base.objects.filter(kind__isnull=True).first().get_absolute_url(),  # type: ignore[union-attr]
        reverse("bases:kinds"),
        reverse("organisations:university_list"),
        wanted.universities.get_queryset()[0].get_absolute_url(),
    ]
    for address in addresses:
        page.goto(url + address)
        axe(page)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{address} scrolls sideways"
