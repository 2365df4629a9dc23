"""Chinese text made findable: by characters, by pinyin and by initials.

A text is turned into lexemes kept in a ``tsvector`` under a GIN index:

- every Chinese character and every pair of neighbours, so that any run of characters is found;
- the pinyin of the text from each of its syllables on (``wuhandaxue``, ``handaxue`` …) and likewise its initials
  (``whdx``, ``hdx`` …), so that a prefix query finds any run of syllables or initials;
- Latin words and numbers in lower case.

A query is the conjunction of its words. Each word is looked up in the way its letters suggest.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func, TextField, Value
from pypinyin import Style

from wenxi_portal.core.pinyin import NAMES_KEPT, syllables_of

# With 〇 and 々, and with the private area in which old household systems keep rare characters.
HAN = r"\u3005\u3007\u3400-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECES = re.compile(rf"[{HAN}]+|[a-z0-9]+")
_HAN_RUN = re.compile(rf"[{HAN}]+")
_ACCENTED = re.compile(r"[\u00c0-\u024f\u1e00-\u1eff]")
_WITH_DOTS = set("üǖǘǚǜ")
LONGEST_QUERY_WORDS = 8
LONGEST_QUERY = 80


def fold(text: str) -> str:
    """Return ``text`` as it is compared: full width made half, lower case, letters without accents, ü as v."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return plain if plain.isascii() else _ACCENTED.sub(lambda found: _without_accent(found[0]), plain)


def characters(text: str) -> str:
    """Return the Chinese characters of ``text`` alone, closed up: the dot in 阿依·买买提 parts nothing."""
    return "".join(_HAN_RUN.findall(fold(text)))


def lexemes(names: Iterable[str], texts: Iterable[str] = ()) -> list[str]:
    """Return the lexemes of ``names`` (found also by pinyin and initials) and ``texts`` (by characters only)."""
    found: set[str] = set()
    for name in names:
        found.update(_character_lexemes(name))
        found.update(_pinyin_lexemes(name))
    for text in texts:
        found.update(_character_lexemes(text))
    return sorted(found)


def vector(found: list[str]) -> Func:
    """Return the expression that stores lexemes as a ``tsvector``."""
    return Func(
        Value(found, output_field=ArrayField(TextField())),
        function="array_to_tsvector",
        output_field=SearchVectorField(),
    )


def vector_literal(found: Iterable[str]) -> str:
    """Return lexemes as the text form of a ``tsvector``, for COPY. None of them holds a quote (see _PIECES)."""
    return " ".join(f"'{lexeme}'" for lexeme in found)


def vector_of(names: Iterable[str], texts: Iterable[str] = ()) -> str:
    """Return what ``lexemes`` gives, as the text form of a ``tsvector``; what recurs is worked out once."""
    return " ".join([*map(_name_literal, names), *map(_text_literal, texts)])


def query(text: str) -> SearchQuery | None:
    """Return the search query for what a person typed, or None when it holds nothing to look for.

    At most the first 80 characters and 8 words count, so that no query can be made expensive.
    """
    words = terms(text)
    return query_of(words) if words else None


def terms(text: str) -> list[str]:
    """Return what a person typed as words of a query; one that ends in ``:*`` is the beginning of a word."""
    words = [term for piece in _pieces(text[:LONGEST_QUERY]) for term in _query_terms(piece)]
    return words[: LONGEST_QUERY_WORDS * 4]


def query_of(words: Sequence[str]) -> SearchQuery:
    """Return the query for rows that have all these words."""
    # Every lexeme is made of Chinese characters, a-z and 0-9 (see _PIECES), so none needs quoting.
    return SearchQuery(" & ".join(words), search_type="raw", config="simple")


def sort_key(name: str) -> str:
    """Return the key that sorts Chinese names by pinyin, with tone numbers so that equal syllables stay together."""
    return " ".join(syllables_of(fold(name), style=Style.TONE3))


def runs(syllables: Sequence[str]) -> Iterator[str]:
    """Yield the pinyin and the initials of a name from each syllable on; ü (written v) is found as u and yu too."""
    for at in range(len(syllables)):
        whole = "".join(syllables[at:])
        yield whole
        if "v" in whole:
            yield from (whole.replace("v", "u"), whole.replace("v", "yu"))
        yield "".join(part[0] for part in syllables[at:])


def _without_accent(letter: str) -> str:
    return "v" if letter in _WITH_DOTS else unicodedata.normalize("NFD", letter)[0]


def _pieces(text: str) -> Iterator[str]:
    yield from _PIECES.findall(fold(text))


def _character_lexemes(text: str) -> Iterator[str]:
    for piece in _pieces(text):
        if not _HAN_RUN.fullmatch(piece):
            yield piece
            continue
        yield from piece
        yield from (piece[at : at + 2] for at in range(len(piece) - 1))


@lru_cache(maxsize=4096)
def _pinyin_lexemes(name: str) -> tuple[str, ...]:
    syllables = [part for part in syllables_of("".join(_pieces(name)), errors="ignore") if part.isalpha()]
    return tuple(runs(syllables))


@lru_cache(maxsize=NAMES_KEPT)
def _name_literal(name: str) -> str:
    return vector_literal(lexemes([name]))


@lru_cache(maxsize=4096)
def _text_literal(text: str) -> str:
    return vector_literal(lexemes((), [text]))


def _query_terms(piece: str) -> list[str]:
    if not _HAN_RUN.fullmatch(piece):
        return [f"{piece}:*"]
    if len(piece) == 1:
        return [piece]
    return [piece[at : at + 2] for at in range(len(piece) - 1)]
