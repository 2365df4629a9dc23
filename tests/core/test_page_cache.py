"""A kept page is right for every reader and is forgotten at once when a record changes."""

import gzip

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from bases.models import Base
from tests.factories.bases import BaseFactory
from wenxi_portal.core.content_version import current_content_version
from wenxi_portal.core.kept_pages import NEAREST_PAGES, kept_pages
from wenxi_portal.core.page_cache import public_page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _with_cache(settings):
    settings.PAGE_CACHE_ENABLED = True
    cache.clear()
    kept_pages.clear()


@pytest.fixture
def counted():
    """A public view that tells how often it was built."""
    calls = []

    @public_page
    def view(request):
        calls.append(request)
        return HttpResponse(f"built {len(calls)}")

    view.calls = calls
    return view


def get(view, path="/x/", **extra):
    cookies = extra.pop("cookies", {})
    request = RequestFactory().get(path, **extra)
    request.COOKIES.update(cookies)
    return view(request)


def test_an_unchanged_page_is_built_once(counted):
    assert [get(counted).content for _ in range(3)] == [b"built 1"] * 3


def test_a_committed_change_forgets_it(counted):
    base = BaseFactory()
    get(counted)
    Base.objects.filter(pk=base.pk).update(summary="neu")
    assert get(counted).content == b"built 2"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bases_base SET summary = 'raw'")
    assert get(counted).content == b"built 3"


def test_a_change_that_is_taken_back_does_not(counted):
    base = BaseFactory()
    get(counted)
    with transaction.atomic():
        Base.objects.filter(pk=base.pk).update(summary="neu")
        transaction.set_rollback(True)
    assert get(counted).content == b"built 1"


def test_one_transaction_moves_the_version_once_however_much_it_changes():
    BaseFactory()
    before = current_content_version()
    with transaction.atomic():
        BaseFactory.create_batch(3)
        assert current_content_version() == before
    assert current_content_version() > before


@pytest.mark.parametrize(
    "difference",
    [
        {"cookies": {"portal_language": "en"}},
        {"cookies": {"portal_display": "elder"}},
        {"cookies": {"portal_theme": "dark"}},
        {"HTTP_HX_REQUEST": "true"},
        {"path": "/x/?q=1"},
        {"path": "/y/"},
        {"HTTP_HOST": "other.example"},
    ],
)
def test_readers_who_need_another_page_get_another(counted, difference):
    get(counted)
    assert get(counted, **difference).content == b"built 2"


def test_whoever_has_a_session_gets_a_page_of_their_own(counted, settings):
    session = {"cookies": {settings.SESSION_COOKIE_NAME: "abc"}}
    assert get(counted, **session).content == b"built 1"
    assert get(counted, **session).content == b"built 2"
    assert get(counted).content == b"built 3"


def test_a_browser_that_has_the_page_is_told_so(counted):
    etag = get(counted).headers["ETag"]
    again = get(counted, HTTP_IF_NONE_MATCH=f"W/{etag}")
    assert (again.status_code, again.content) == (304, b"")


def test_pages_that_set_cookies_or_fail_are_not_kept():
    answers = iter([HttpResponse("no", status=404), HttpResponse("yes")])
    view = public_page(lambda _request: next(answers))
    assert [get(view).status_code, get(view).status_code] == [404, 200]


def test_another_process_finds_the_page_in_the_shared_cache(counted):
    get(counted)
    kept_pages.clear()
    assert get(counted).content == b"built 1"


def test_a_browser_that_takes_it_gets_the_page_compressed(counted):
    get(counted)
    compressed = get(counted, HTTP_ACCEPT_ENCODING="gzip, br")
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed.content) == b"built 1"
    assert get(counted).content == b"built 1"


def test_the_nearest_store_stays_bounded(counted):
    for number in range(NEAREST_PAGES + 10):
        kept_pages.put(str(number), HttpResponse("x"))
    assert len(kept_pages._nearest) == NEAREST_PAGES


def test_without_a_cache_server_a_page_is_still_built(counted, settings):
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"},
    }
    assert get(counted).content == b"built 1"
    kept_pages.clear()
    assert get(counted).content == b"built 2"
