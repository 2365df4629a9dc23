"""A page reads once what it needs often; outside a page everything is read when it is asked."""

from itertools import count

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from wenxi_portal.core.middleware import PageMemoryMiddleware
from wenxi_portal.core.once import once


def _answer(_request: HttpRequest) -> HttpResponse:
    numbers = count()
    return HttpResponse(f"{once('number', lambda: next(numbers))} {once('number', lambda: next(numbers))}")


def test_a_page_that_reads_asks_once_and_one_that_writes_always() -> None:
    page, requests = PageMemoryMiddleware(_answer), RequestFactory()
    assert page(requests.get("/")).content == b"0 0"
    assert page(requests.get("/")).content == b"0 0"
    assert page(requests.post("/")).content == b"0 1"


def test_nothing_is_kept_outside_a_page() -> None:
    numbers = count()
    assert [once("number", lambda: next(numbers)) for _ in range(2)] == [0, 1]
