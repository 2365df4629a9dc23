"""What every test shares. The servers are started here, before Django reads where they are."""

import os

import django
import pytest
from execnet import XSpec

from tests import servers

servers.provide()
os.environ["DJANGO_SETTINGS_MODULE"] = "wenxi_portal.settings.test"
django.setup()

from tests.browser import axe, browser, open_page  # noqa: E402

__all__ = ["axe", "browser", "open_page"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config, specs: list[XSpec]) -> None:
    """Keep the workers' caches apart, before they start."""
    servers.divide(specs)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the throw-away servers, after a failed run too."""
    servers.withdraw()
