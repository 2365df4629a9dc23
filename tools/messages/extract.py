"""Which messages the sources say: Python through Babel, templates through Django's own reading of them."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.extract import extract
from django.utils.translation.template import templatize

from tools.messages import places

# Which argument is the message, the plural, the context ("c").
_KEYWORDS = {
    name: positions
    for ending in ("", "_lazy", "_noop")
    for name, positions in {
        f"gettext{ending}": None,
        f"ngettext{ending}": (1, 2),
        f"pgettext{ending}": ((1, "c"), 2),
        f"npgettext{ending}": ((1, "c"), 2, 3),
    }.items()
} | {"_": None}


class Said(NamedTuple):
    """A message as the sources say it: context (or None), text, plural text (or None)."""

    context: str | None
    text: str
    plural: str | None


class Place(NamedTuple):
    """Where it is said."""

    path: str
    line: int


def extract_all() -> dict[Said, list[Place]]:
    """Return every message of the project's sources with the places that say it."""
    found: dict[Said, list[Place]] = {}
    for path in places.python_files():
        _collect(found, path, path.read_text(encoding="utf-8"))
    for path in places.template_files():
        _collect(found, path, _as_python(templatize(path.read_text(encoding="utf-8"), origin=str(path))))
    return found


def _as_python(templatized: str) -> str:
    """Take the indentation away, which means nothing in a template and something in Python."""
    return "\n".join(line.lstrip() for line in templatized.split("\n"))


def _collect(found: dict[Said, list[Place]], path: Path, source: str) -> None:
    """Add the messages of one file."""
    for said, line in _messages(source):
        found.setdefault(said, []).append(Place(places.shown(path), line))


def _messages(source: str) -> Iterator[tuple[Said, int]]:
    """Yield the messages of a Python source, each with its line."""
    stream = io.BytesIO(source.encode("utf-8"))
    for line, message, _comments, context in extract("python", stream, keywords=_KEYWORDS):
        text, plural = message if isinstance(message, tuple) else (message, None)
        if text:
            yield Said(context, text, plural), line
