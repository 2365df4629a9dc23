"""Names of people made findable and sortable: a surname has a reading of its own, and some characters have two.

A dictionary reads 单 as ``dan`` and 曾 as ``ceng``; as surnames they are Shan and Zeng. People are filed
under the reading of the surname and found by the other one as well. The readings stand in ``data/name_readings.json``.
"""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product
from pathlib import Path
from typing import Any

from pypinyin import Style

from wenxi_portal.core import search_text
from wenxi_portal.core.pinyin import NAMES_KEPT, syllables_of

_READINGS = json.loads((Path(__file__).parent / "data" / "name_readings.json").read_text(encoding="utf-8"))
_SURNAMES: dict[str, list[str]] = {name: text.split() for name, text in _READINGS["surnames"].items()}
_ALSO: dict[str, list[str]] = _READINGS["also"]
LONGEST_SURNAME = 2
# So many ways to read one name are kept; a name of five doubtful characters would have dozens.
MOST_READINGS = 8


@lru_cache(maxsize=NAMES_KEPT)
def sort_key(name: str) -> str:
    """Return the key that files a person: pinyin with tone numbers, the surname read as one."""
    return " ".join(_syllables(search_text.fold(name), "default"))


def lexemes(names: Iterable[str]) -> set[str]:
    """Return the lexemes of names of people, on top of those of any text: every reading, with and without the dot."""
    found: set[str] = set()
    for name in names:
        found.update(_lexemes(name))
    return found


@lru_cache(maxsize=NAMES_KEPT)
def literal(name: str) -> str:
    """Return the lexemes of one name as the text form of a ``tsvector``."""
    return search_text.vector_literal(sorted(_lexemes(name)))


@lru_cache(maxsize=4096)
def _lexemes(name: str) -> frozenset[str]:
    characters = search_text.characters(name)
    found = set(search_text.lexemes([name]))
    if characters != name:
        found.update(search_text.lexemes((), [characters]))
    for syllables in islice(_ways(characters), MOST_READINGS):
        found.update(search_text.runs(syllables))
    return frozenset(found)


def _ways(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the ways to read ``name``, as syllables without tones; the surname's own reading first."""
    choices = [
        list(dict.fromkeys(_plain(reading) for reading in (syllable, *_ALSO.get(character, ()))))
        for character, syllable in zip(name, _syllables(name, list), strict=True)
        if _plain(syllable)
    ]
    yield from product(*choices) if choices else ()


def _syllables(name: str, errors: Any) -> list[str]:
    """Return one reading a character, with tone numbers; ``errors`` says what stands for what has none."""
    for length in range(LONGEST_SURNAME, 0, -1):
        # One character alone is filed as the surname it mostly is.
        if surname := _SURNAMES.get(name[:length]):
            return [*surname, *syllables_of(name[length:], style=Style.TONE3, errors=errors)]
    return syllables_of(name, style=Style.TONE3, errors=errors)


def _plain(syllable: str) -> str:
    plain = syllable.rstrip("12345")
    return plain if plain.isascii() and plain.isalpha() else ""
