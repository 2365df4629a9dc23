"""The demonstration shows the portal's own error pages, not the insides of the program."""

import pytest
from django.core.exceptions import MiddlewareNotUsed, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from wenxi_portal.pages.middleware import OwnErrorPagesMiddleware


def test_a_developer_and_a_server_do_without_it():
    with pytest.raises(MiddlewareNotUsed):
        OwnErrorPagesMiddleware(lambda _request: HttpResponse())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("raised", "status"), [(Http404(), 404), (SuspiciousOperation(), 400), (RuntimeError("secret"), 500)]
)
def test_what_a_view_raises_becomes_a_page(settings, caplog, raised, status):
    settings.PORTAL_DEMO = True
    request = RequestFactory().get("/x/")
    answer = OwnErrorPagesMiddleware(lambda _request: HttpResponse()).process_exception(request, raised)
    assert answer.status_code == status
    assert "secret" not in answer.content.decode()
    assert ("secret" in caplog.text) == (status == 500)


def test_refusals_are_left_to_the_page_for_them(settings):
    settings.PORTAL_DEMO = True
    middleware = OwnErrorPagesMiddleware(lambda _request: HttpResponse())
    assert middleware.process_exception(RequestFactory().get("/x/"), PermissionDenied()) is None
