"""Every template of the portal can be read: one that names a tag library which is gone fails here, not on a desk."""

from pathlib import Path

import pytest
from django.template.loader import get_template

FOLDER = Path(__file__).resolve().parents[2] / "templates"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.suffix in {".html", ".txt", ".xml"})


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles(name: str) -> None:
    assert get_template(name)
