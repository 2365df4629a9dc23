"""The public pages of universities."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bases.public import many
from tests.factories.bases import AgreementFactory, BaseFactory
from tests.factories.organisations import HostFactory, UniversityFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 6


def listed(client: Client, query: str = "") -> str:
    response = client.get(f"{reverse('organisations:university_list')}{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_sorted_by_pinyin_hosts_and_private_ones_left_out(client: Client) -> None:
    later, first = UniversityFactory(name="武示大学"), UniversityFactory(name="北示大学")
    hidden = UniversityFactory(name="隐示大学", is_public=False)
    host = HostFactory(name="示例公司")
    text = listed(client)
    assert text.index(first.name) < text.index(later.name)
    assert hidden.name not in text
    assert host.name not in text


def test_filters_and_their_counts(client: Client) -> None:
    one = UniversityFactory(province="湖北省", double_first_class=True)
    two = UniversityFactory(province="湖北省", double_first_class=False)
    three = UniversityFactory(province="陕西省", double_first_class=None)
    text = listed(client, "?province=湖北省")
    assert one.name in text
    assert two.name in text
    assert three.name not in text
    counts = dict(re.findall(r'value="([^"]+)"[^>]*><span>[^<]+</span><span class="count">(\d+)</span>', text))
    assert counts == {"湖北省": "2", "陕西省": "1", "true": "1", "false": "1"}
    assert three.name in listed(client, "?double=unknown")
    assert one.name in listed(client, "?double=true&province=湖北省")


def test_found_by_pinyin(client: Client) -> None:
    wanted, other = UniversityFactory(name="武示大学"), UniversityFactory(name="北示大学")
    text = listed(client, "?q=wsdx")
    assert wanted.name in text
    assert other.name not in text


def test_numbers_count_what_is_public(client: Client) -> None:
    university = UniversityFactory()
    BaseFactory(unveiled=True, universities=[university])
    BaseFactory(planned=True, universities=[university])
    AgreementFactory(signed=True, is_public=True, party=university)
    AgreementFactory(signed=True, party=university)
    plain = re.sub(r"<[^>]+>", "", listed(client))
    assert "1 个基地" in plain
    assert "1 份协议" in plain


def test_its_page_shows_bases_and_public_agreements(client: Client) -> None:
    university = UniversityFactory()
    base = BaseFactory(unveiled=True, universities=[university])
    draft = BaseFactory(planned=True, universities=[university])
    shown = AgreementFactory(signed=True, is_public=True, party=university)
    kept = AgreementFactory(signed=True, party=university)
    text = client.get(university.get_absolute_url()).content.decode()
    assert base.name in text
    assert draft.name not in text
    assert shown.title in text
    assert kept.title not in text
    assert f"{reverse('bases:list')}?university={university.pk}" in text


def test_a_university_without_anything_says_so_once(client: Client) -> None:
    text = client.get(UniversityFactory().get_absolute_url()).content.decode()
    assert text.count("待补录") == 1


def test_hosts_and_private_universities_have_no_page(client: Client) -> None:
    for organisation in (HostFactory(), UniversityFactory(is_public=False)):
        assert client.get(organisation.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("query", ["?double=maybe", "?province=" + "长" * 30, "?sort=newest"])
def test_values_that_no_filter_knows_are_left_out_in_words(client: Client, query: str) -> None:
    UniversityFactory()
    assert "已忽略" in listed(client, query)


def test_an_empty_list_tells_what_to_loosen(client: Client) -> None:
    UniversityFactory(province="湖北省", double_first_class=True)
    text = listed(client, "?province=湖北省&double=false")
    assert "不限“双一流”：1" in text


@pytest.mark.parametrize("number", [1, 300])
def test_queries_do_not_grow(client: Client, number: int) -> None:
    base = many.bases(number, universities=300)[0]
    for url in (
        reverse("organisations:university_list"),
        base.universities.get_queryset()[0].get_absolute_url(),
    ):
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        assert len(seen) <= MOST_QUERIES


def test_many_agreements_are_cut_in_words(client: Client) -> None:
    university = UniversityFactory()
    for _ in range(32):
        AgreementFactory(signed=True, is_public=True, party=university)
    text = client.get(university.get_absolute_url()).content.decode()
    assert text.count("2023年6月1日签订") == 30
    assert "这里列出最近 30 份" in text
