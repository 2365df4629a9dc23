"""Pinyin of many names: each word is worked out once, since names share 有限公司, 大学 and their like."""

from functools import lru_cache
from typing import Any

from pypinyin import Style
from pypinyin.contrib.neutral_tone import NeutralToneWith5Mixin
from pypinyin.converter import DefaultConverter
from pypinyin.core import Pinyin

WORDS_KEPT = 16_384


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
    return _pinyin.lazy_pinyin(text, style, errors)
