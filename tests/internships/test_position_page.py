"""The public page of one position, its calendar and its picture."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.factories.accounts import UserFactory, staff
from tests.factories.bases import BaseFactory
from tests.factories.internships import ApplicationFactory, PositionFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.subsidies import PolicyFactory
from tests.internships.public_positions import positions
from wenxi_portal.accounts.enums import Role
from wenxi_portal.core import share_picture
from wenxi_portal.core.share_picture import Picture, draw

pytestmark = pytest.mark.django_db
MOST_QUERIES = 4


def text_of(client: Client, position, query: str = "") -> str:
    response = client.get(position.get_absolute_url() + query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("number", [1, 300])
def test_queries_do_not_grow(client: Client, number: int) -> None:
    first = positions(number)[0]
    text_of(client, first)
    with CaptureQueriesContext(connection) as seen:
        text_of(client, first)
    assert len(seen) <= MOST_QUERIES


def test_the_facts_that_matter(client: Client) -> None:
    position = PositionFactory(
        base=BaseFactory(unveiled=True, name="云上基地"),
        seats=3,
        disciplines=["08"],
        majors=["材料科学"],
        latitude="35.356700",
        longitude="111.224700",
        lodging_offered=True,
        levels=["bachelor", "doctor"],
        work="<script>x</script>",
    )
    ApplicationFactory(position=position, accepted=True)
    PolicyFactory()
    text = text_of(client, position)
    for words in (
        "剩余 2 / 共 3 个名额", "工学", "材料科学", "云上基地", "住宿", "每天 8 小时，每周 5 天", "geo:35.35670,111.22470",
        "本科：每月¥1,000.00", "尚未公布", "可报名", "og:image", position.host.name,
    ):  # fmt: skip
        assert words in text, words
    assert "<script>x" not in text
    assert "硕士：" not in text


@pytest.mark.parametrize(
    ("traits", "words"),
    [
        ({"closed": True}, "用人单位已关闭"),
        ({"apply_until": date(2026, 1, 1)}, "报名已截止"),
        ({"reconfirmed_on": date(2026, 1, 1)}, "用人单位未按时确认"),
    ],
)
def test_why_nobody_can_apply(client: Client, traits, words) -> None:
    text = text_of(client, PositionFactory(**traits))
    assert words in text
    assert "可报名</" not in text


def test_a_full_or_resting_position_says_so(client: Client) -> None:
    full = PositionFactory(seats=1)
    ApplicationFactory(position=full, accepted=True)
    assert "名额已满" in text_of(client, full)
    assert "暂停合作" in text_of(client, PositionFactory(base=BaseFactory(suspended=True)))


def test_a_draft_is_for_those_who_work_with_it() -> None:
    draft = PositionFactory(draft=True)
    officer = MembershipFactory(organisation=draft.lead_unit, user=staff(Role.LEAD_UNIT_OFFICER)).user
    host = MembershipFactory(organisation=draft.host, user=UserFactory(role=Role.HOST)).user
    readers = {
        None: 404,
        UserFactory(role=Role.STUDENT): 404,
        staff(Role.LEAD_UNIT_OFFICER): 404,
        officer: 200,
        host: 200,
        staff(Role.AUDITOR): 200,
    }
    for user, status in readers.items():
        client = Client()
        if user:
            client.force_login(user)
        response = client.get(draft.get_absolute_url())
        assert response.status_code == status, user
        assert (b"noindex" in response.content) or status == 404
        for name in ("position_calendar", "position_card"):
            assert client.get(reverse(f"internships:{name}", args=[draft.pk])).status_code == status


@pytest.mark.parametrize("pk", ["0", "abc", "-1", "99999999999999999999", "1.5"])
def test_forged_numbers_are_not_found(client: Client, pk: str) -> None:
    for rest in ("", "calendar.ics", "card.png"):
        assert client.get(f"{reverse('internships:position_list')}{pk}/{rest}").status_code == 404


def test_similar_positions_are_open_ones(client: Client) -> None:
    position = PositionFactory(disciplines=["08"])
    near = PositionFactory(disciplines=["08", "07"])
    closed = PositionFactory(disciplines=["08"], closed=True)
    text = text_of(client, position)
    assert near.title in text
    assert closed.title not in text


def test_the_calendar_has_the_last_day_and_the_time(client: Client) -> None:
    position = PositionFactory(title="示例,岗位;长" * 6, starts_on=date(2027, 7, 1), ends_on=date(2027, 8, 31))
    response = client.get(reverse("internships:position_calendar", args=[position.pk]))
    assert response.headers["Content-Type"].startswith("text/calendar")
    body = response.content.decode()
    assert body.count("BEGIN:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20270701\r\nDTEND;VALUE=DATE:20270901\r\n" in body
    assert f"DTSTART;VALUE=DATE:{position.apply_until:%Y%m%d}" in body
    assert all(len(line.encode()) <= 75 for line in body.split("\r\n"))
    assert "\\," in body.replace("\r\n ", "")


def test_the_picture_is_one_for_a_chat(client: Client) -> None:
    response = client.get(reverse("internships:position_card", args=[PositionFactory(title="示例" * 30).pk]))
    assert response.headers["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    assert len(response.content) < 100_000


def test_without_a_chinese_font_no_empty_boxes_are_drawn(monkeypatch) -> None:
    drawn = []
    monkeypatch.setattr(share_picture, "chinese_font", lambda: None)
    share_picture._font.cache_clear()
    monkeypatch.setattr(share_picture.ImageDraw.ImageDraw, "text", lambda _pen, _at, text, **_look: drawn.append(text))
    draw(Picture(over="示例企业", title="Example post", lines=["2027-07-01", "名额"], foot="Wenxi"))
    share_picture._font.cache_clear()
    assert drawn == ["Example post", "2027-07-01", "Wenxi"]


def test_the_home_page_the_way_and_the_sitemap_lead_to_positions(client: Client) -> None:
    shown, draft = PositionFactory(), PositionFactory(draft=True)
    home = client.get(reverse("pages:home")).content.decode()
    assert reverse("internships:position_list") in home
    assert reverse("internships:position_list") in client.get(reverse("pages:site_map")).content.decode()
    sitemap = client.get(reverse("pages:sitemap")).content.decode()
    assert f"{shown.get_absolute_url()}<" in sitemap
    assert f"{draft.get_absolute_url()}<" not in sitemap


def test_a_deadline_today_is_said(client: Client) -> None:
    assert "（今天截止）" in text_of(client, PositionFactory(apply_until=timezone.localdate()))
    assert "还剩" not in text_of(client, PositionFactory(apply_until=timezone.localdate() + timedelta(days=25)))
