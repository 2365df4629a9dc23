"""Chinese names are found by characters, pinyin and initials, in any mix and never by accident."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.organisations import UniversityFactory
from wenxi_portal.core import search_text
from wenxi_portal.organisations.models import Organisation


@pytest.fixture
def wuhan(db):
    return UniversityFactory(name="武汉大学", city="武汉", name_en="Wuhan University")


@pytest.mark.parametrize(
    "typed",
    [
        "武汉大学", "武汉", "汉大", "武", "whdx", "wh", "hdx", "wuhan", "wuhanda", "daxue",
        "WUHAN", "Wuhan Univ", "wh 大学", "武 dx", "whdx  武汉", "DX wuhan",
    ],
)  # fmt: skip
def test_is_found_by(wuhan, typed):
    assert Organisation.objects.matching(typed).get() == wuhan


@pytest.mark.parametrize("typed", ["武学", "北京", "whx", "wuhann", "!!!", "武汉 北京", "%", "'); --"])
def test_is_not_found_by(wuhan, typed):
    assert not Organisation.objects.matching(typed).exists()


def test_nothing_typed_finds_everything(wuhan):
    assert Organisation.objects.matching("  ").get() == wuhan


@pytest.mark.django_db
# Each example asks the database, which on a busy machine takes longer than the library allows a computation.
@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_query(typed):
    list(Organisation.objects.matching(typed)[:1])


def test_names_sort_by_pinyin():
    names = ["武汉大学", "北京大学", "清华大学", "安徽大学"]
    assert sorted(names, key=search_text.sort_key) == ["安徽大学", "北京大学", "清华大学", "武汉大学"]


def test_a_long_text_cannot_make_an_expensive_query():
    assert str(search_text.query("武汉" * 5000).resolve_expression).count("&") < search_text.LONGEST_QUERY
