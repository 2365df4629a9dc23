"""What every test shares. The servers are started here, before Django reads where they are."""

import os

import django
import pytest

from tests import servers

servers.provide()
os.environ["DJANGO_SETTINGS_MODULE"] = "wenxi_portal.settings.test"
django.setup()

from tests.browser import axe, browser, open_page  # noqa: E402

__all__ = ["axe", "browser", "open_page"]


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the throw-away servers, after a failed run too."""
    servers.withdraw()
