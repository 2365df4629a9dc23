"""What every test shares. The servers are started here, before Django reads where they are."""

import gc
import os
from collections.abc import Iterator

import django
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.urls import get_resolver
from execnet import XSpec
from pytest_django import DjangoDbBlocker

from tests import servers, template

# At its usual pace the collector of cycles looks through what the tests make hundreds of times for next to nothing.
gc.set_threshold(100_000, 50, 100)
servers.provide()
os.environ["DJANGO_SETTINGS_MODULE"] = "wenxi_portal.settings.test"
django.setup()

from tests import restoring  # noqa: E402
from tests.browser import axe, browser, open_page  # noqa: E402

__all__ = ["axe", "browser", "open_page"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config, specs: list[XSpec]) -> None:
    """Keep the workers' caches apart, and begin the database they copy, before they start."""
    servers.divide(specs)
    template.begin()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Leave what every test needs alone when looking for garbage: it is most of the memory, and none."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the throw-away servers, after a failed run too."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        template.drop()
    servers.withdraw()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Make the database of a worker as a copy of the migrated one."""
    connection.settings_dict["TEST"]["TEMPLATE"] = template.await_name()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Note what the new database holds; a test with transactions of its own is undone to that."""
    with django_db_blocker.unblock():
        restoring.remember()
    TransactionTestCase._fixture_teardown = restoring.restore  # type: ignore[method-assign]


@pytest.fixture(scope="session", autouse=True)
def addresses_of_a_server() -> None:
    """Read the addresses before a test that plays the demonstration: they are read once, and a demo has one more."""
    get_resolver().url_patterns  # noqa: B018 - read for its effect


@pytest.fixture(scope="module")
def county_facts(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The county's facts, loaded once for the tests of a file; each test is undone to them."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_wenxi", verbosity=0)
        yield
        transaction.set_rollback(True)
