"""The list's counts, all from one statement, are what plain counting gives."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bases.enums import BaseState
from bases.models import Base, BaseKind
from bases.selectors.facets import FACETS
from tests.bases.public import many, naive
from tests.factories.bases import BaseFactory
from wenxi_portal.core.facets import Counts, count, narrow

pytestmark = pytest.mark.django_db

Chosen = dict[str, list[str]]


def _in_addresses(chosen: Chosen) -> Chosen:
    """Addresses name a kind by its number, counts by its id."""
    numbers = {str(pk): str(number) for pk, number in BaseKind.objects.values_list("pk", "number")}
    return {name: [numbers.get(v, v) if name == "kind" else v for v in values] for name, values in chosen.items()}


def _count(chosen: Chosen) -> Counts:
    return count(Base.objects.public(), FACETS, _in_addresses(chosen))


@pytest.fixture
def every() -> list[naive.Values]:
    many.bases(60, universities=9, partners=7)
    BaseFactory(planned=True)
    return [naive.values_of(base) for base in Base.objects.public()]


def _selections(every: list[naive.Values]) -> list[Chosen]:
    chance = random.Random(2021)
    values = {name: sorted(set().union(*(found[name] for found in every))) for name in every[0]}
    found: list[Chosen] = [{}]
    for _ in range(40):
        names = chance.sample(sorted(values), k=chance.randint(1, 4))
        found.append(
            {name: chance.sample(values[name], k=min(len(values[name]), chance.randint(1, 3))) for name in names}
        )
    return found


def test_counts_are_what_plain_counting_gives(every: list[naive.Values]) -> None:
    for chosen in _selections(every):
        counts = _count(chosen)
        expected = naive.counts(every, chosen)
        assert counts.total == sum(naive.passes(values, chosen) for values in every), chosen
        for name, buckets in counts.buckets.items():
            assert {bucket.key: bucket.count for bucket in buckets} == dict(expected[name]), (chosen, name)


def test_what_dropping_a_filter_brings(every: list[naive.Values]) -> None:
    for chosen in _selections(every):
        expected = {name: sum(naive.passes(values, chosen, but=name) for values in every) for name in chosen}
        assert _count(chosen).without == expected, chosen


def test_the_rows_are_those_that_were_counted(every: list[naive.Values]) -> None:
    for chosen in _selections(every):
        rows = narrow(Base.objects.public(), FACETS, _in_addresses(chosen))
        assert rows.count() == _count(chosen).total, chosen


def test_planned_bases_are_not_counted(every: list[naive.Values]) -> None:
    assert BaseState.PLANNED not in {bucket.key for bucket in _count({}).buckets["state"]}


def test_one_statement_whatever_is_chosen(every: list[naive.Values]) -> None:
    for chosen in ({}, {"kind": ["1", "unknown"], "university": ["unknown"], "year": ["2016"]}):
        with CaptureQueriesContext(connection) as queries:
            count(Base.objects.public(), FACETS, chosen)
        assert len(queries) == 1


def test_a_value_with_few_rows_is_listed_when_chosen() -> None:
    many.bases(200, universities=60)
    offered = [bucket.key for bucket in _count({}).buckets["university"] if bucket.key != "unknown"]
    assert len(offered) == 12
    rare = Base.objects.public().exclude(universities__in=offered).filter(universities__isnull=False).first()
    assert rare is not None
    chosen = str(rare.universities.first().pk)  # type: ignore[union-attr]
    assert chosen in [bucket.key for bucket in _count({"university": [chosen]}).buckets["university"]]


def test_nothing_on_file_counts_nothing() -> None:
    counts = _count({})
    assert counts.total == 0
    assert not any(counts.buckets.values())
