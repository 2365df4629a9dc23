"""Every variable that is read is documented, and every documented one is read."""

import re

from wenxi_portal.settings.env import PROJECT_ROOT
from wenxi_portal.settings.parts.retention import RETENTION_DAYS

READERS = re.compile(r"env\.(?:text|required|flag|number|words|folder|keys|key)\(\s*\"([A-Z_]+)\"")
SETTINGS = (PROJECT_ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
RETENTION = (PROJECT_ROOT / "docs" / "retention.md").read_text(encoding="utf-8")
SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in ("wenxi_portal", "tools", "tests")
    for path in (PROJECT_ROOT / folder).rglob("*.py")
) + "\n".join((PROJECT_ROOT / name).read_text(encoding="utf-8") for name in ("Procfile", "Makefile"))
READ = sorted(set(READERS.findall(SOURCES)) - {"FLAG", "NUMBER", "SECRET", "WORDS", "KEYS", "FOLDER"})


def test_what_is_read_is_documented():
    assert len(READ) > 60
    assert [name for name in (*READ, "DATABASE_URL", "REDIS_URL") if f"`{name}`" not in SETTINGS] == []


def test_what_is_documented_is_read():
    documented = set(re.findall(r"`([A-Z][A-Z_]+)`", SETTINGS))
    assert [name for name in sorted(documented) if name not in SOURCES] == []


def test_the_times_of_retention_are_documented():
    assert [name for name in RETENTION_DAYS if f"`{name}`" not in RETENTION] == []
