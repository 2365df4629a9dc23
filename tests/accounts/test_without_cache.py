"""The cache may be down: people still come in, and what counts failures is told in the log."""

import pytest

from tests.factories.accounts import UserFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.core.often import is_within

PASSWORD = "Shi-Mo-17"


@pytest.fixture
def _no_server(settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}


@pytest.mark.django_db
@pytest.mark.usefixtures("_no_server")
def test_a_password_still_signs_in_without_a_cache_server(client, caplog):
    user = UserFactory(role=Role.STUDENT, password=PASSWORD)
    answer = client.post("/accounts/login/password/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert "does not answer" in caplog.text


@pytest.mark.django_db
@pytest.mark.usefixtures("_no_server")
def test_whoever_watches_the_portal_is_told(client):
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["redis"]) == (503, "down")


@pytest.mark.usefixtures("_no_server")
def test_nobody_is_turned_away_because_nobody_counts():
    assert all(is_within("look-ups", "192.0.2.7", 1) for _time in range(3))


def test_whoever_asks_too_often_is_told():
    assert [is_within("look-ups", "192.0.2.8", 2) for _time in range(3)] == [True, True, False]
