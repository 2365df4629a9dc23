"""Home, about, guides and the pages about the site."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from bases.models import AnnouncedFigure
from tests.factories.bases import AgreementFactory, BaseFactory, BaseKindFactory
from tests.factories.organisations import LeadUnitFactory, UniversityFactory
from wenxi_portal.pages.models import Guide
from wenxi_portal.pages.selectors import home as home_selectors
from wenxi_portal.pages.services.guides import load_guides

pytestmark = pytest.mark.django_db

PAGES = ["home", "about", "guides", "site_map", "accessibility"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("display", ["standard", "elder"])
def test_pages_open_on_an_empty_portal(client, page, language, display):
    client.cookies["portal_language"] = language
    client.cookies["portal_display"] = display
    response = client.get(reverse(f"pages:{page}"))
    assert response.status_code == 200
    html = response.content.decode()
    assert f'data-display="{display}"' in html
    assert "csrfmiddlewaretoken" not in html
    assert "{{" not in html
    assert "{%" not in html


def test_the_home_page_has_a_door_to_the_one_window(client):
    html = client.get(reverse("pages:home")).content.decode()
    assert f'<a class="door" href="{reverse("internships:window")}">' in html


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_read_only(client, page):
    assert client.post(reverse(f"pages:{page}")).status_code == 405


def test_home_tells_what_is_on_file_and_what_was_announced(client):
    BaseFactory(unveiled=True, name="公开的基地", in_announced_count=True)
    BaseFactory(planned=True, name="没有公开的基地")
    AnnouncedFigure.objects.create(
        key="bases_unveiled", label="授牌基地", value=15, as_of=date(2021, 12, 22), source="示例日报"
    )
    html = client.get(reverse("pages:home")).content.decode()
    assert "公开的基地" in html
    assert "没有公开的基地" not in html
    assert "公布 15 个" in html
    assert "另有 14 个未列出名称" in html
    assert "示例日报" in html


def test_home_says_nothing_of_an_announcement_that_is_not_there(client):
    BaseFactory(unveiled=True)
    assert "未列出名称" not in client.get(reverse("pages:home")).content.decode()


def test_home_shows_public_deadlines_only(client):
    soon = timezone.localdate() + timezone.timedelta(days=20)
    AgreementFactory(signed=True, title="即将到期的协议", valid_until=soon, is_public=True)
    AgreementFactory(signed=True, title="内部的协议", valid_until=soon, is_public=False)
    html = client.get(reverse("pages:home")).content.decode()
    assert "即将到期的协议" in html
    assert "内部的协议" not in html


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_the_database_the_same_number_of_times(client, django_assert_num_queries, count):
    for _ in range(count):
        BaseFactory(unveiled=True, universities__new=True)
    AnnouncedFigure.objects.create(
        key="bases_unveiled", label="授牌基地", value=15, as_of=date(2021, 12, 22), source="x"
    )
    load_guides()
    client.get(reverse("pages:home"))
    with django_assert_num_queries(9):
        client.get(reverse("pages:home"))


def test_home_counts_signed_public_agreements(client):
    AgreementFactory(signed=True, is_public=True, valid_until=date(2023, 12, 31))
    AgreementFactory(signed=True, is_public=False)
    AgreementFactory(is_public=True)
    AgreementFactory(signed=True, is_public=True, is_demo=True)
    assert home_selectors.numbers().agreements == 1
    html = client.get(reverse("pages:home")).content.decode()
    assert "项已签协议" in html
    assert "有效协议" not in html


@pytest.mark.parametrize("page", ["home", "about"])
def test_english_pages_name_their_source_in_english_or_mark_it(client, page):
    client.cookies["portal_language"] = "en"
    figure = AnnouncedFigure.objects.create(
        key="bases_unveiled", label="授牌基地", value=15, as_of=date(2021, 12, 22), source="示例日报"
    )
    url = reverse(f"pages:{page}")
    assert 'Source: <span lang="zh-Hans">示例日报</span>' in client.get(url).content.decode()
    AnnouncedFigure.objects.filter(pk=figure.pk).update(source_en="Example Daily")
    cache.clear()
    html = client.get(url).content.decode()
    assert "Source: Example Daily" in html
    assert "示例日报" not in html


def test_the_icon_answers_under_its_oldest_address(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response.url.endswith(".svg")


def test_about_shows_lead_units_with_their_kinds(client):
    unit = LeadUnitFactory(name="示例牵头单位")
    BaseKindFactory(number=3, name="示例类型", lead_unit=unit, lead_unit_inferred=True)
    html = client.get(reverse("pages:about")).content.decode()
    assert "示例牵头单位" in html
    assert "3. 示例类型" in html
    assert "推定" in html


def test_loading_guides_twice_adds_nothing_and_keeps_edits():
    assert load_guides() == 9
    Guide.objects.filter(slug="propose-a-base").update(title="改过的标题")
    assert load_guides() == 0
    assert Guide.objects.get(slug="propose-a-base").title == "改过的标题"


def test_a_guide_shows_its_elements_and_marks_samples(client):
    load_guides()
    guide = Guide.objects.get(slug="propose-a-base")
    html = client.get(guide.get_absolute_url()).content.decode()
    assert "办理步骤" in html
    assert "示例" in html
    assert "办理依据" not in html, "an empty element is not shown"


def test_a_guide_speaks_english_and_falls_back_to_chinese(client):
    load_guides()
    Guide.objects.filter(slug="propose-a-base").update(fee_en="")
    client.cookies["portal_language"] = "en"
    html = client.get(reverse("pages:guide", args=["propose-a-base"])).content.decode()
    assert "The lead unit answers within 10 working days." in html
    assert '<p lang="zh-Hans">不收费。</p>' in html


def test_an_unpublished_guide_is_absent(client):
    Guide.objects.create(slug="draft", title="草稿")
    assert client.get(reverse("pages:guide", args=["draft"])).status_code == 404
    assert "草稿" not in client.get(reverse("pages:guides")).content.decode()


def test_the_contact_of_the_office_stands_in(client, settings):
    settings.PORTAL_CONTACT_PHONE = "0000-0000000"
    load_guides()
    assert "0000-0000000" in client.get(reverse("pages:guide", args=["correct-a-record"])).content.decode()


def test_footer_shows_numbers_only_when_they_are_set(client, settings):
    url = reverse("pages:home")
    assert "ICP" not in client.get(url).content.decode()
    settings.PORTAL_ICP_NUMBER = "示例备案号"
    settings.PORTAL_CONTACT_EMAIL = "office@example.org"
    html = client.get(url).content.decode()
    assert "ICP备案号：示例备案号" in html
    assert "mailto:office@example.org" in html


def test_sitemap_names_public_records_only(client):
    shown, hidden = BaseFactory(unveiled=True), BaseFactory(planned=True)
    university = UniversityFactory()
    load_guides()
    xml = client.get(reverse("pages:sitemap")).content.decode()
    assert f"{shown.get_absolute_url()}</loc>" in xml
    assert f"{hidden.get_absolute_url()}</loc>" not in xml
    assert university.get_absolute_url() in xml
    assert reverse("pages:guide", args=["propose-a-base"]) in xml


def test_robots_points_to_the_sitemap(client):
    text = client.get(reverse("pages:robots")).content.decode()
    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_health_is_green_and_says_no_more(client):
    response = client.get(reverse("pages:health"))
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "redis": "ok", "beat": "ok", "worker": "ok", "tasks": "ok"}
