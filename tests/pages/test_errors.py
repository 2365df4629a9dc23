"""What goes wrong is told in clear words, with a way back."""

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse

from wenxi_portal.pages.views import errors, machine


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_unknown_page(client, language):
    client.cookies["portal_language"] = language
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    html = response.content.decode()
    assert ("没有这个页面" if language == "zh-hans" else "This page does not exist") in html
    assert f'href="{reverse("pages:home")}"' in html
    assert "noindex" in html


@pytest.mark.django_db
def test_broken_utf8_is_refused(client):
    response = client.get("/?q=%ff%fe")
    assert response.status_code == 400
    assert "这个网址读不出来" in response.content.decode()


@pytest.mark.django_db
def test_an_overlong_query_is_refused_without_being_repeated(client):
    response = client.get("/", {"q": "字" * 20_000})
    assert response.status_code == 413
    assert "内容太大了" in response.content.decode()
    assert len(response.content) < 6_000


@pytest.mark.django_db
def test_a_form_without_token_is_told_what_to_do():
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("account_login"), {"login": "x"})
    assert response.status_code == 403
    assert "请再提交一次" in response.content.decode()


def test_the_error_page_needs_no_database():
    request = RequestFactory().get("/")
    request.COOKIES["portal_language"] = "en"
    response = errors.server_error(request)
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()


@pytest.mark.django_db
def test_a_crash_shows_the_error_page(client, monkeypatch):
    def crash(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("wenxi_portal.pages.views.home.selectors.numbers", crash)
    client.raise_request_exception = False
    response = client.get(reverse("pages:home"))
    assert response.status_code == 500
    assert "系统出了点问题" in response.content.decode()


@pytest.mark.parametrize("view", [errors.bad_request, errors.permission_denied, errors.not_found])
@pytest.mark.django_db
def test_handlers_answer_with_their_status(rf, view):
    response = view(rf.get("/"), Exception())
    assert response.status_code in {400, 403, 404}
    assert "<h1>" in response.content.decode()


@pytest.mark.django_db
def test_health_tells_a_dead_database(client, monkeypatch):
    def refuse() -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", refuse)
    assert machine._database() == "down"


def test_a_foreign_host_is_refused_not_crashed_on(client, settings):
    settings.ALLOWED_HOSTS = ["portal.example.cn"]
    for path in ("/", "/bases/", "/nowhere/"):
        response = client.get(path, headers={"host": "evil.example"})
        assert response.status_code == 400, path
        assert "evil.example" not in response.content.decode()
