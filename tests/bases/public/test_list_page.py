"""The public list of bases: its state lies in the address, it explains itself when empty, and it stays cheap."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bases.enums import KindBasis
from bases.models import BaseCandidateKind
from bases.services.search_index import index_base
from tests.bases.public import many
from tests.factories.bases import AnnouncedFigureFactory, BaseFactory, BaseKindFactory
from tests.factories.organisations import UniversityFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 6


def page(client: Client, query: str = "", **kwargs: object) -> str:
    response = client.get(f"{reverse('bases:list')}{query}", **kwargs)
    assert response.status_code == 200
    return response.content.decode()


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize("number", [1, 300])
@pytest.mark.parametrize(
    "query",
    ["", "?page=2", "?sort=newest", "?kind=1&kind=unknown&state=unveiled&year=2016", "?university=1&q=sl", "?q=zzzz"],
)
def test_queries_do_not_grow(client: Client, number: int, query: str) -> None:
    many.bases(number)
    assert queries(client, f"{reverse('bases:list')}{query}") <= MOST_QUERIES


def test_queries_of_a_kept_page(client: Client, settings: object) -> None:
    many.bases(30)
    settings.PAGE_CACHE_ENABLED = True  # type: ignore[attr-defined]
    url = f"{reverse('bases:list')}?year=2017&never=asked-before"
    with CaptureQueriesContext(connection) as first:
        client.get(url)
    with CaptureQueriesContext(connection) as second:
        client.get(url)
    assert len(first) <= MOST_QUERIES, [query["sql"][:90] for query in first.captured_queries]
    assert len(second) == 1


def test_drafts_are_not_listed(client: Client) -> None:
    draft, shown = BaseFactory(planned=True), BaseFactory(unveiled=True)
    text = page(client)
    assert shown.name in text
    assert draft.name not in text


@pytest.mark.parametrize("typed", ["示例大学", "slidx", "shilidaxue", "sldx", "云上", "yunshang"])
def test_found_by_characters_pinyin_and_initials(client: Client, typed: str) -> None:
    university = UniversityFactory(name="示例大学")
    wanted = BaseFactory(unveiled=True, name="云上基地", universities=[university])
    other = BaseFactory(unveiled=True, name="山下农场", local_partner=None)
    for base in (wanted, other):
        index_base(base=base)
    text = page(client, f"?q={typed}")
    assert (wanted.name in text) == (typed != "slidx")
    assert other.name not in text


def test_any_value_within_a_facet_all_facets_together(client: Client) -> None:
    first, second = BaseKindFactory(number=1), BaseKindFactory(number=2)
    one = BaseFactory(unveiled=True, kind=first, place="甲镇")
    two = BaseFactory(unveiled=True, kind=second, place="甲镇")
    three = BaseFactory(unveiled=True, kind=second, place="乙镇")
    text = page(client, "?kind=1&kind=2&place=甲镇")
    assert one.name in text
    assert two.name in text
    assert three.name not in text


def test_an_unsettled_kind_is_said_and_found_under_each(client: Client) -> None:
    kinds = [BaseKindFactory(number=3), BaseKindFactory(number=4)]
    base = BaseFactory(unveiled=True, kind=None, kind_basis=KindBasis.AMBIGUOUS)
    for kind in kinds:
        BaseCandidateKind.objects.create(base=base, kind=kind)
    for query in ("?kind=3", "?kind=4", "?kind=unknown"):
        text = page(client, query)
        assert base.name in text
        assert f"待核定：{kinds[0].name} 或 {kinds[1].name}" in text


def test_what_is_not_on_file_is_named_and_can_be_filtered(client: Client) -> None:
    gaps = BaseFactory(
        unveiled=True, local_partner=None, place="", plaque_on=None, plaque_year=None, plaque_note="示例"
    )
    full = BaseFactory(unveiled=True, universities__new=True)
    for facet in ("university", "place", "year", "partner"):
        text = page(client, f"?{facet}=unknown")
        assert gaps.name in text
        assert full.name not in text
    assert "待补录：高校" in text


def test_every_chip_takes_its_filter_off(client: Client) -> None:
    many.bases(12)
    text = page(client, "?kind=1&kind=2&state=unveiled&q=示例")
    chips = re.findall(r'<a class="chip" href="([^"]+)"', text)
    states = [parse_qs(urlsplit(url.replace("&amp;", "&")).query) for url in chips]
    assert {"kind": ["1", "2"], "state": ["unveiled"]} in states
    assert {"kind": ["2"], "state": ["unveiled"], "q": ["示例"]} in states
    assert {"kind": ["1", "2"], "q": ["示例"]} in states
    assert len(chips) == 4


def test_an_empty_list_tells_what_to_loosen(client: Client) -> None:
    many.bases(10)
    text = page(client, "?place=nowhere&state=unveiled")
    assert "没有同时符合这些条件的结果" in text
    assert "不限所在地：6 个" in text
    assert "不限状态" not in text


def test_an_empty_portal_says_so(client: Client) -> None:
    assert "暂时没有内容" in page(client)


def test_on_file_beside_the_announced_figure(client: Client) -> None:
    BaseFactory.create_batch(2, unveiled=True, in_announced_count=True)
    BaseFactory(unveiled=True)  # came later: it does not count against what was announced
    AnnouncedFigureFactory(key="bases_unveiled", value=15, source="示例日报")
    text = re.sub(r"<[^>]+>", "", page(client))
    assert "已建档 2 / 公布 15" in text
    assert "其余 13 个待补录" in text
    assert "示例日报" in text


def test_pages_of_twenty_and_the_last_one_for_too_large_a_number(client: Client) -> None:
    many.bases(45)
    assert page(client).count('<article class="card">') == 20
    assert page(client, "?page=99999").count('<article class="card">') == 5
    assert page(client, "?page=abc").count('<article class="card">') == 20
    assert "sort=newest&amp;page=2" in page(client, "?sort=newest")


def test_newest_first(client: Client) -> None:
    old = BaseFactory(unveiled=True, name="甲示例", plaque_year=2019, plaque_on=None)
    new = BaseFactory(unveiled=True, name="乙示例", plaque_year=2023, plaque_on=None)
    unknown = BaseFactory(unveiled=True, name="丙示例", plaque_year=None, plaque_on=None, plaque_note="示例")
    text = page(client, "?sort=newest")
    assert text.index(new.name) < text.index(old.name) < text.index(unknown.name)


@pytest.mark.parametrize(
    "query",
    ["?state=planned", "?year=1066", "?university=-5", "?kind=%EF%BC%91%EF%BC%92x", "?sort=secret", "?lead=1e9"],
)
def test_values_that_no_filter_knows_are_left_out_in_words(client: Client, query: str) -> None:
    base = BaseFactory(unveiled=True)
    text = page(client, query)
    assert "已忽略" in text
    assert base.name in text


def test_an_organisation_that_does_not_exist_finds_nothing(client: Client) -> None:
    BaseFactory(unveiled=True)
    assert "没有同时符合这些条件的结果" in page(client, "?university=987654321")


def test_a_long_keyword_is_cut_in_words(client: Client) -> None:
    BaseFactory(unveiled=True)
    text = page(client, "?q=" + "长" * 300)
    assert "关键词最多 80 个字" in text
    assert "长" * 81 not in text


def test_what_was_typed_is_shown_as_text(client: Client) -> None:
    text = page(client, "?q=<script>alert(1)</script>&place=<b>x")
    assert "<script>alert" not in text
    assert "<b>x" not in text


def test_nothing_of_the_visitor_is_in_the_page(client: Client) -> None:
    BaseFactory(unveiled=True)
    response = client.get(reverse("bases:list"))
    assert "csrf" not in response.content.decode()
    assert not response.cookies


def test_head_is_answered(client: Client) -> None:
    for name in ("bases:list", "bases:kinds", "organisations:university_list"):
        response = client.head(reverse(name))
        assert response.status_code == 200
        assert not response.content


def test_english_marks_what_is_only_in_chinese(client: Client) -> None:
    BaseFactory(unveiled=True, name="云上基地", name_en="")
    BaseFactory(unveiled=True, name="山下农场", name_en="Hillside farm")
    text = page(client, "?lang=en")
    assert '<span lang="zh-Hans">云上基地</span>' in text
    assert "Hillside farm" in text
    assert "山下农场" not in text
