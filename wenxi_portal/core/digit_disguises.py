"""Digits as people write them to be read by people alone: full-width, circled, Chinese, Arabic-Indic, as letters."""

import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

# As on paper, as on cheques, and one as it is spoken on the telephone.
_CHINESE: Final[dict[str, str]] = json.loads(
    (Path(__file__).parent / "data" / "written_digits.json").read_text(encoding="utf-8")
)
# Letters that look like 0 or 1, Latin, Greek and Cyrillic alike.
_ZEROS: Final = "Oo\u039f\u03bf\u041e\u043e"
_ONES: Final = "lI|!\u0406\u0399\u03b9"
_LETTERS: Final = str.maketrans(_ZEROS + _ONES, "0" * len(_ZEROS) + "1" * len(_ONES))
_INVISIBLE: Final = frozenset({"Cf", "Mn", "Me", "Cc", "Co", "Cs"})


def plain_digits(text: str) -> str:
    """Return ``text`` with every written digit as 0 to 9, and without invisible characters (a blank for a control)."""
    return "".join(map(_plain, text))


def letters_as_digits(text: str) -> str:
    """Return ``text`` with letters that look like 0 and 1 as these digits."""
    return text.translate(_LETTERS)


@cache
def _plain(sign: str) -> str:
    if "0" <= sign <= "9" or "a" <= sign.lower() <= "z":
        return sign
    if sign in _CHINESE:
        return _CHINESE[sign]
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    number = unicodedata.numeric(sign, None)
    category = unicodedata.category(sign)
    if number is not None and category == "No" and number == int(number) and 10 <= number <= 50:
        return str(int(number))
    if category in _INVISIBLE:
        return " " if category == "Cc" else ""
    return unicodedata.normalize("NFKC", sign)
