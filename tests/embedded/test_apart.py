"""Tests that run at the same time do not see each other's cache."""

import os
from urllib.parse import urlsplit

from django.conf import settings


def test_a_worker_has_a_cache_of_its_own():
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    number = 1 + int(worker.removeprefix("gw")) % 15 if worker else 0
    assert urlsplit(settings.CACHES["default"]["LOCATION"]).path == f"/{number}"
