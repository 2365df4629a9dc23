"""The first view weighs less than 60 KB compressed: page, styles, scripts and pictures together."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests.factories.bases import BaseFactory
from wenxi_portal.pages.services.guides import load_guides

pytestmark = pytest.mark.django_db

BUDGET = 60_000
DIST = Path(settings.BASE_DIR) / "static" / "dist"
ASSET = re.compile(r"""(?:href|src)="[^"]*/dist/([^"]+)\"""")
IMPORTED = re.compile(r"""import\(["'`]\./([^"'`]+)""")


def weight_of(html: str) -> int:
    """Return the compressed size of the page and of all it loads, scripts loaded later included."""
    wanted = set(ASSET.findall(html))
    for name in [name for name in wanted if name.endswith(".js")]:
        wanted |= {f"assets/{late}" for late in IMPORTED.findall((DIST / name).read_text(encoding="utf-8"))}
    assert any(name.endswith(".css") for name in wanted)
    assert any("live" in name for name in wanted)
    return len(gzip.compress(html.encode())) + sum(len(gzip.compress((DIST / name).read_bytes())) for name in wanted)


@pytest.mark.parametrize("display", ["standard", "elder"])
@pytest.mark.parametrize("page", ["pages:home", "bases:list"])
def test_first_view_is_light(client, page, display):
    for _ in range(25):
        BaseFactory(unveiled=True, universities__new=True)
    load_guides()
    client.cookies["portal_display"] = display
    html = client.get(reverse(page)).content.decode()
    assert weight_of(html) < BUDGET
