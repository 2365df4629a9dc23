"""The public list of positions: what is open, counts that plain counting gives, an empty list that explains itself."""

import csv
import io
import json
import random
import re
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from internships.enums import Discipline
from internships.models import Position
from internships.selectors.position_facets import FACETS, holiday_span
from internships.selectors.positions import position_list_numbers
from internships.services.search_index import index_after_renames, index_position
from talent.enums import StudyLevel
from tests.factories.accounts import UserFactory
from tests.factories.internships import ApplicationFactory, PositionFactory, StudentFactory
from tests.factories.organisations import HostFactory
from tests.internships.public_positions import positions
from tests.pages.test_weight import BUDGET, weight_of
from wenxi_portal.core.facets import narrow
from wenxi_portal.core.selection import Selection
from wenxi_portal.organisations.services.organisation import save_organisation

pytestmark = pytest.mark.django_db
LIST = reverse("internships:position_list")
MOST_QUERIES = 6


def page(client: Client, query: str = "") -> str:
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("number", [1, 300])
def test_queries_do_not_grow(client: Client, number: int) -> None:
    positions(number)
    for query in ("", "?page=2&sort=newest", "?level=master&holiday=2027-summer&q=sl&closed=too", "?q=zzzz"):
        client.get(f"{LIST}{query}")
        with CaptureQueriesContext(connection) as seen:
            page(client, query)
        assert len(seen) <= MOST_QUERIES, query


def values_of(position: Position) -> dict[str, set[str]]:
    """Return the values of a position by facet, worked out plainly."""
    first, last = position.starts_on, position.ends_on
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    holidays = {f"{day.year}-{name}" for day in days for name in ("summer", "winter") if _within(day, name)}
    return {
        "sector": {position.sector},
        "level": set(position.levels) or set(StudyLevel.values),
        "field": set(position.disciplines) or set(Discipline.values),
        "start": {f"{first:%Y-%m}"},
        "holiday": holidays,
        "lodging": {str(position.lodging_offered).lower()},
        "transport": {str(position.transport_offered).lower()},
        "host": {str(position.host_id)},
        "place": {position.place},
    }


def _within(day: date, name: str) -> bool:
    start, end = holiday_span(f"{day.year}-{name}")
    return start <= day <= end


def test_counts_are_what_plain_counting_gives() -> None:
    positions(80)
    every = [values_of(position) for position in Position.objects.open()]
    chance = random.Random(7)
    for _ in range(8):
        some = chance.choice(every)
        chosen = {name: tuple(sorted(some[name]))[:1] for name in chance.sample(sorted(some), 3) if some[name]}
        chosen = {name: values for name, values in chosen.items() if values != ("false",)}
        counts = position_list_numbers(Selection(chosen)).counts
        passing = [v for v in every if all(v[name] & set(wanted) for name, wanted in chosen.items())]
        assert counts.total == len(passing) == narrow(Position.objects.open(), FACETS, chosen).count()
        for facet in ("sector", "level", "field", "start", "holiday", "place"):
            others = {name: wanted for name, wanted in chosen.items() if name != facet}
            left = [v for v in every if all(v[name] & set(wanted) for name, wanted in others.items())]
            plain = Counter(value for v in left for value in v[facet])
            assert {bucket.key: bucket.count for bucket in counts.buckets[facet]} == plain, (facet, chosen)


def test_only_open_ones_unless_closed_ones_are_asked_for(client: Client) -> None:
    shown, draft = PositionFactory(), PositionFactory(draft=True)
    closed, resting = PositionFactory(closed=True), PositionFactory(reconfirmed_on=date(2026, 1, 1))
    text = page(client)
    assert shown.title in text
    assert all(other.title not in text for other in (draft, closed, resting))
    wider = page(client, "?closed=too")
    assert wider.index(shown.title) < min(wider.index(closed.title), wider.index(resting.title))
    assert draft.title not in wider


def test_found_by_pinyin_of_title_and_host_and_after_a_rename(client: Client) -> None:
    host = HostFactory(name="云上厂")
    position = PositionFactory(title="质量检验员", host=host, majors=["材料学"])
    index_position(position)
    for typed in ("质量", "zljyy", "yunshang", "cailiao"):
        assert position.title in page(client, f"?q={typed}")
    host.refresh_from_db()
    host.name = "海边厂"
    save_organisation(organisation=host)
    assert index_after_renames() == 1
    assert index_after_renames() == 0
    assert position.title in page(client, "?q=haibian")


def test_an_empty_list_tells_what_to_loosen(client: Client) -> None:
    PositionFactory(place="甲镇")
    PositionFactory(closed=True, place="乙镇")
    text = page(client, "?place=乙镇&level=master")
    assert "不限地点：1" in text or "不限所在地：1" in text
    assert "不限是否可报名：1" in text


def test_an_empty_portal_says_so(client: Client) -> None:
    assert "目前没有可报名的岗位" in page(client)


@pytest.mark.parametrize(
    "query",
    ["?level=king", "?start=2027-13", "?holiday=2027-easter", "?host=-1", "?sort=secret", "?closed=no", "?lodging=1"],
)
def test_values_that_no_filter_knows_are_left_out_in_words(client: Client, query: str) -> None:
    position = PositionFactory()
    text = page(client, query)
    assert "已忽略" in text
    assert position.title in text


def test_soonest_deadline_or_newest_first(client: Client) -> None:
    today = timezone.localdate()
    later = PositionFactory(apply_until=today + timedelta(days=25))
    sooner = PositionFactory(apply_until=today + timedelta(days=5))
    old = timezone.now() - timedelta(days=3)
    Position.objects.filter(pk=sooner.pk).update(published_at=old)
    text, newest = page(client), page(client, "?sort=newest")
    assert text.index(sooner.title) < text.index(later.title)
    assert newest.index(later.title) < newest.index(sooner.title)
    assert "还剩 5 天" in text


def test_months_and_holidays_that_are_over_are_not_offered(client: Client) -> None:
    today = timezone.localdate()
    PositionFactory(starts_on=today - timedelta(days=400), ends_on=today + timedelta(days=40))
    assert f"{(today - timedelta(days=400)):%Y-%m}" not in page(client)


@pytest.mark.parametrize("display", ["standard", "elder"])
def test_first_view_is_light(client: Client, display: str) -> None:
    positions(60)
    client.cookies["portal_display"] = display
    first = Position.objects.open()[0]
    for path in (LIST, first.get_absolute_url()):
        assert weight_of(client.get(path).content.decode()) < BUDGET


def test_nothing_of_the_visitor_is_in_the_page_and_it_is_kept(client: Client, settings: object) -> None:
    settings.PAGE_CACHE_ENABLED = True  # type: ignore[attr-defined]
    PositionFactory()
    for path in (f"{LIST}?never=asked-before", Position.objects.get().get_absolute_url()):
        response = client.get(path)
        assert "csrf" not in response.content.decode()
        assert not response.cookies
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        assert len(seen) == 1


def test_data_has_stable_keys_and_is_harmless_in_a_spreadsheet(client: Client) -> None:
    position = PositionFactory(place="=1+1", disciplines=["08"])
    PositionFactory(draft=True)
    url = reverse("internships:position_data", args=["json"])
    found = json.loads(b"".join(client.get(url).streaming_content))["positions"]
    assert [(row["id"], row["open"], row["fields"], row["address"]) for row in found] == [
        (position.pk, True, ["08"], None)
    ]
    keys = re.search(r"<code[^>]*>([^<]+)</code>", page(client))
    assert keys
    assert set(found[0]) == set(keys[1].split(", "))
    raw = b"".join(client.get(reverse("internships:position_data", args=["csv"])).streaming_content)
    row = next(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert not any(value.startswith("=") for value in row.values())
    assert "工学" in row.values()
    assert client.get(url, headers={"If-None-Match": client.get(url).headers["ETag"]}).status_code == 304
    assert client.get(reverse("internships:position_data", args=["xml"])).status_code == 404


def test_english_is_complete(client: Client) -> None:
    position = PositionFactory(title="示例岗位甲", title_en="Example post", levels=[])
    text = page(client, "?lang=en")
    assert "Example post" in text
    assert position.title not in text
    assert "every level" in text
    assert "Internship positions" in text


def test_how_a_host_answers_is_told_after_ten_applications(client: Client, settings: object) -> None:
    settings.HOST_RECORD_FROM = 3  # type: ignore[attr-defined]
    host = HostFactory()
    position = PositionFactory(host=host, seats=9)
    made = timezone.now() - timedelta(days=5)
    for at in range(4):
        application = ApplicationFactory(
            position=position, state="shortlisted" if at < 2 else "lapsed", submitted_at=made
        )
        _changes(application, made, ["submitted", "shortlisted" if at < 2 else "lapsed"], hours=30)
    waiting = ApplicationFactory(position=position, answer_due_on=timezone.localdate())
    _changes(waiting, made, ["submitted"], hours=0)
    assert "申请答复率 50%" in page(client)
    assert "通常 2 天内答复" in client.get(position.get_absolute_url()).content.decode()
    settings.HOST_RECORD_FROM = 5  # type: ignore[attr-defined]
    assert "答复率" not in page(client)


def _changes(application, made, states, hours):
    with connection.cursor() as cursor:
        for at, state in enumerate(states):
            cursor.execute(
                "INSERT INTO internships_applicationstatechange (application_id, from_state, to_state, reason, at)"
                " VALUES (%s, '', %s, '', %s)",
                [application.pk, state, made + timedelta(hours=hours * at)],
            )


def test_recommended_with_the_reason(client: Client) -> None:
    student = StudentFactory(major="材料科学与工程专业", discipline="08", level="master")
    by_major = PositionFactory(majors=["材料科学与工程"])
    by_field = PositionFactory(disciplines=["08"])
    PositionFactory(disciplines=["08"], levels=["junior_college"], title="层次不符")
    PositionFactory(disciplines=["10"], title="学科不符")
    client.force_login(student.user)
    text = client.get(reverse("my_internships:recommended")).content.decode()
    assert text.index(by_major.title) < text.index(by_field.title)
    assert "与您的专业相符" in text
    assert "该岗位面向您所在的学科：工学" in text
    assert "不符" not in text
    assert f'<a href="{reverse("my_internships:home")}">我的实习</a>' in text
    client.force_login(UserFactory())
    assert "还不知道您的专业" in client.get(reverse("my_internships:recommended")).content.decode()
    assert Client().get(reverse("my_internships:recommended")).status_code == 302
