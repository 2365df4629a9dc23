"""Pinyin of many names: each word is worked out once, since names share 有限公司, 大学 and their like."""

import re
from functools import lru_cache
from typing import Any

from pypinyin import Style
from pypinyin.contrib.neutral_tone import NeutralToneWith5Mixin
from pypinyin.converter import DefaultConverter
from pypinyin.core import Pinyin

WORDS_KEPT = 16_384
# Names recur; a sheet of many people holds this many different ones.
NAMES_KEPT = 32_768
_FROM_TONES = frozenset({Style.NORMAL, Style.TONE3})
_TONES = "12345"
_HAN_ONLY = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


class _Remembering(NeutralToneWith5Mixin, DefaultConverter):
    """The library's own conversion of a word, remembered. With tone numbers, a neutral tone is 5."""

    @lru_cache(maxsize=WORDS_KEPT)  # noqa: B019 - one converter lives as long as the process
    def convert(self, words: str, style: Style, heteronym: bool, errors: Any, strict: bool, **options: Any) -> Any:
        """Return the syllables of one word."""
        return super().convert(words, style, heteronym, errors, strict=strict, **options)


_pinyin = Pinyin(_Remembering())


def syllables_of(text: str, *, style: Style = Style.NORMAL, errors: Any = "default") -> list[str]:
    """Return the most common reading of each character, word by word; ``errors="ignore"`` drops everything else.

    ``errors`` may be a function from what has no reading to what stands for it.
    """
    if style not in _FROM_TONES or not isinstance(errors, str) or not _HAN_ONLY.fullmatch(text):
        return _pinyin.lazy_pinyin(text, style, errors)
    toned = _toned(text)
    found = toned if style is Style.TONE3 else [syllable.rstrip(_TONES) for syllable in toned]
    return [syllable for syllable in found if syllable.isascii()] if errors == "ignore" else list(found)


@lru_cache(maxsize=NAMES_KEPT)
def _toned(text: str) -> tuple[str, ...]:
    """Return the syllables of a name with their tones, from which the plain ones follow: worked out once for both."""
    return tuple(_pinyin.lazy_pinyin(text, Style.TONE3, "default"))
