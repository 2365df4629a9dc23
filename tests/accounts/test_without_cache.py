"""The cache may be down: people still come in, and what counts failures is told in the log."""

import pytest

from tests.factories.accounts import UserFactory
from wenxi_portal.accounts.enums import Role

PASSWORD = "Shi-Mo-17"


@pytest.mark.django_db
def test_a_password_still_signs_in_without_a_cache_server(client, settings, caplog):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    user = UserFactory(role=Role.STUDENT, password=PASSWORD)
    answer = client.post("/accounts/login/password/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert "does not answer" in caplog.text
