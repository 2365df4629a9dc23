"""The admin in a real browser: nothing is refused by the policy, axe is content, a base is entered and unveiled."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from bases.models import Base
from tests.browser import DESKTOP, PHONE
from tests.factories.accounts import staff
from tests.factories.bases import AgreementFactory, BaseFactory, BaseKindFactory
from tests.factories.organisations import LeadUnitFactory, UniversityFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.roles import sync_roles

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def at_desk(page, live_server, role=Role.ORGANIZATION_DEPARTMENT):
    """Sign the browser in as somebody of ``role``."""
    client = Client()
    client.force_login(staff(role))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return page


@pytest.fixture(autouse=True)
def roles():
    """A test with real transactions starts with empty tables: make the role groups again."""

    sync_roles()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_axe_finds_nothing(live_server, open_page, axe, size, dark):
    base = BaseFactory(planned=True, universities=[UniversityFactory()])
    agreement = AgreementFactory(signed=True, bases=[base])
    page = at_desk(open_page(size, dark=dark), live_server)
    for address in (
        reverse("admin:index"),
        reverse("admin:bases_base_changelist"),
        reverse("admin:bases_base_change", args=[base.pk]),
        reverse("admin:bases_base_unveil", args=[base.pk]),
        reverse("admin:bases_base_history", args=[base.pk]),
        reverse("admin:bases_agreement_change", args=[agreement.pk]),
    ):
        page.goto(live_server.url + address)
        axe(page)


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_accounts_pages_are_accessible(live_server, open_page, axe, size):
    LeadUnitFactory()
    person = staff(Role.FINANCE)
    page = at_desk(open_page(size), live_server, Role.SYSTEM_ADMINISTRATOR)
    for address in (
        reverse("admin:accounts_user_add"),
        reverse("admin:accounts_user_change", args=[person.pk]),
        reverse("admin:accounts_user_reset_factor", args=[person.pk]),
    ):
        page.goto(live_server.url + address)
        axe(page)


def test_a_move_that_is_not_possible_is_told_on_a_page_of_its_own(live_server, open_page, axe):
    base = BaseFactory(closed=True)
    page = at_desk(open_page(PHONE, expected=("404",)), live_server)
    answer = page.goto(live_server.url + reverse("admin:bases_base_unveil", args=[base.pk]))
    assert answer.status == 404
    axe(page)
    page.get_by_role("link", name="返回该记录").click()
    page.wait_for_url("**/change/")


def test_a_phone_shows_where_one_is_and_names_of_columns_whole(live_server, open_page):
    base = BaseFactory(name="示例名称很长的基地" * 4, planned=True)
    AgreementFactory(title="示例标题很长的协议" * 4)
    page = at_desk(open_page(PHONE), live_server)
    page.goto(live_server.url + reverse("admin:bases_agreement_changelist"))
    head = "getComputedStyle(document.querySelector('#result_list .field-title'), '::before').whiteSpace"
    assert page.evaluate(head) == "nowrap"
    button = page.locator("#searchbar-submit").bounding_box()
    assert min(button["width"], button["height"]) >= 24
    page.goto(live_server.url + reverse("admin:bases_base_change", args=[base.pk]))
    shown = page.locator("h1 a:visible")
    assert [each.inner_text() for each in shown.all()] == [base.name]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_a_base_is_entered_and_unveiled(live_server, open_page):
    kind, unit = BaseKindFactory(), LeadUnitFactory()
    page = at_desk(open_page(), live_server)
    page.goto(live_server.url + reverse("admin:bases_base_add"))
    page.get_by_label("名称", exact=False).first.fill("示例浏览器基地")
    page.locator("#id_kind").select_option(str(kind.pk))
    page.locator("#id_lead_unit").select_option(str(unit.pk))
    page.get_by_role("button", name="保存并继续编辑").click()
    page.get_by_role("link", name="授牌").click()
    page.get_by_label("理由").fill("揭牌仪式")
    page.get_by_label("授牌年份").fill("2024")
    page.get_by_role("button", name="授牌").click()
    page.get_by_text("已授牌").first.wait_for()
    base = Base.objects.get(name="示例浏览器基地")
    assert (base.state, base.plaque_year) == ("unveiled", 2024)
    assert "示例浏览器基地" in Client().get(base.get_absolute_url()).content.decode()
