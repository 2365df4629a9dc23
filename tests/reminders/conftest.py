"""A record may stand on several ladders; a test of one ladder runs that one alone."""

import pytest

from wenxi_portal.reminders import registry


@pytest.fixture(autouse=True)
def _one_ladder(request, monkeypatch):
    kind = getattr(getattr(request.node, "callspec", None), "params", {}).get("kind")
    if kind is not None:
        alone = [registry.find(kind)]
        monkeypatch.setattr(registry, "ladders", lambda: alone)
