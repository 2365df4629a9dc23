"""The public bases as data: the same rows as the list, harmless in a spreadsheet, sent again only after a change."""

import csv
import io
import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bases.public import many
from tests.factories.bases import BaseFactory, BaseKindFactory
from tests.factories.organisations import UniversityFactory

pytestmark = pytest.mark.django_db


def body(client: Client, ending: str, query: str = "") -> bytes:
    response = client.get(reverse("bases:download", args=[ending]) + query)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_json_has_stable_keys(client: Client) -> None:
    kind = BaseKindFactory(number=3)
    university = UniversityFactory()
    base = BaseFactory(unveiled=True, kind=kind, universities=[university])
    BaseFactory(planned=True)
    found = json.loads(body(client, "json"))["bases"]
    assert found == [
        {
            "id": base.pk,
            "url": f"http://testserver{base.get_absolute_url()}",
            "name": base.name,
            "name_en": None,
            "state": "unveiled",
            "kind_number": 3,
            "kind": kind.name,
            "kind_basis": "stated",
            "possible_kinds": [],
            "lead_unit": base.lead_unit.name,
            "lead_unit_inferred": False,
            "universities": [university.name],
            "local_partner": base.local_partner.name,
            "place": "示例镇",
            "address": None,
            "unveiled_on": date(2023, 5, 1).isoformat(),
            "unveiled_year": 2023,
            "unveiled_note": None,
            "unveiled_note_en": None,
            "closed_on": None,
            "summary": "示例基地简介",
            "summary_en": None,
            "source": None,
            "source_en": None,
        }
    ]


def test_csv_opens_in_a_spreadsheet(client: Client) -> None:
    BaseFactory(unveiled=True, name='=HYPERLINK("http://evil.example")', place="+1", summary="@x", address="-1\n2")
    raw = body(client, "csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert len(rows) == 1
    assert all(not value.startswith(("=", "+", "-", "@")) for value in rows[0].values())
    assert "已授牌" in rows[0].values()


def test_headings_follow_the_language(client: Client) -> None:
    BaseFactory(unveiled=True)
    assert "lead unit" in body(client, "csv", "?lang=en").decode()
    assert "牵头单位" in body(client, "csv", "?lang=zh-hans").decode()


def test_the_filters_of_the_list_hold(client: Client) -> None:
    many.bases(24)
    listed = json.loads(body(client, "json", "?kind=1&state=unveiled"))["bases"]
    assert {base["state"] for base in listed} == {"unveiled"}
    assert len(listed) == len(body(client, "csv", "?kind=1&state=unveiled").decode().splitlines()) - 1 > 0


def test_rows_are_streamed_in_few_statements(client: Client) -> None:
    many.bases(3000)
    with CaptureQueriesContext(connection) as seen:
        text = body(client, "json")
    assert len(json.loads(text)["bases"]) == 3000
    assert len(seen) <= 2


def test_unchanged_data_is_not_sent_again(client: Client) -> None:
    BaseFactory(unveiled=True)
    url = reverse("bases:download", args=["json"])
    etag = client.get(url).headers["ETag"]
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304
    assert client.get(f"{url}?state=closed", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_change_is_sent_at_once(client: Client) -> None:
    base = BaseFactory(unveiled=True)
    url = reverse("bases:download", args=["csv"])
    etag = client.get(url).headers["ETag"]
    type(base).objects.filter(pk=base.pk).update(place="乙镇")
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 200


def test_head_and_other_endings(client: Client) -> None:
    url = reverse("bases:download", args=["csv"])
    assert client.head(url).status_code == 200
    assert client.post(url).status_code == 405
    assert client.get(reverse("bases:download", args=["xml"])).status_code == 404
