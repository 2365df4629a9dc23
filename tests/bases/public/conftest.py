"""What the tests of the public pages share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bases.models import Document


@pytest.fixture
def papers_folder(tmp_path: Path) -> Iterator[Path]:
    """Let papers lie in a folder of the test's own."""
    storage = Document._meta.get_field("file").storage  # type: ignore[union-attr]
    before = storage._location

    def move(location: str) -> None:
        storage._location = location
        for name in ("base_location", "location"):
            storage.__dict__.pop(name, None)

    move(str(tmp_path))
    yield tmp_path
    move(before)
