"""The twelve kinds: official order, lead units with their doubts, honest numbers."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bases.models import BaseCandidateKind
from bases.selectors.public import kinds_overview
from tests.bases.public import many
from tests.factories.bases import BaseFactory, BaseKindFactory
from tests.factories.organisations import LeadUnitFactory

pytestmark = pytest.mark.django_db


def test_kinds_in_official_order_with_their_numbers(client: Client) -> None:
    second = BaseKindFactory(number=2, lead_unit=LeadUnitFactory(name="示例局"), lead_unit_inferred=True)
    first = BaseKindFactory(number=1, lead_unit=None, description="示例用途")
    BaseFactory.create_batch(2, unveiled=True, kind=second)
    BaseFactory(planned=True, kind=second)
    unsettled = BaseFactory(unveiled=True, unsettled=True)
    BaseCandidateKind.objects.create(base=unsettled, kind=first)
    assert [(kind.number, kind.on_file, kind.possible) for kind in kinds_overview()] == [(1, 0, 1), (2, 2, 0)]
    text = client.get(reverse("bases:kinds")).content.decode()
    assert text.index(first.name) < text.index(second.name)
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
    assert "示例用途" in plain
    assert "示例局 推定" in plain
    assert "另有 1 个待核定" in plain
    assert f"{reverse('bases:list')}?kind=2" in text


@pytest.mark.parametrize("number", [1, 300])
def test_queries_do_not_grow(client: Client, number: int) -> None:
    many.bases(number)
    with CaptureQueriesContext(connection) as seen:
        client.get(reverse("bases:kinds"))
    assert len(seen) == 1
