"""Where the sources and the translations lie."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCALE = "zh_Hans"
FRAGMENTS = ROOT / "locale" / "fragments"
CATALOGUE = ROOT / "locale" / LOCALE / "LC_MESSAGES" / "django.po"
_PACKAGES = ("wenxi_portal", "talent", "bases", "internships")
_TEMPLATE_ENDINGS = {".html", ".txt"}


def python_files() -> Iterator[Path]:
    """Yield the project's Python files."""
    for package in _PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def template_files() -> Iterator[Path]:
    """Yield the project's templates."""
    for folder in (ROOT / "templates", *(ROOT / package for package in _PACKAGES)):
        for path in sorted(folder.rglob("*")):
            inside = folder.name == "templates" or "templates" in path.relative_to(folder).parts
            if inside and path.suffix in _TEMPLATE_ENDINGS:
                yield path


def shown(path: Path) -> str:
    """Return a path as it is shown to a person."""
    return path.relative_to(ROOT).as_posix()
