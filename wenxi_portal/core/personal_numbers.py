"""Finds full ID numbers, mobile numbers and bank cards in a text, however they are written.

Public texts must not hold any (domain.md §4, Public notice). Other ways to write a digit, letters that look like one,
and whatever stands between the digits (blanks, dashes, dots, line breaks, invisible characters) do not hide a number.
Telephone numbers of offices, dates, sums, credit codes and document numbers are none.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations, pairwise
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext as _
from stdnum import luhn
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NumberError
from stdnum.iso7064 import mod_11_2

from wenxi_portal.core.digit_disguises import letters_as_digits, plain_digits

# Any stretch of digits with at most this many other signs (never letters or characters) between two of them.
MOST_BETWEEN: Final = 6
LEAST_REAL: Final = 4
_PIECE = re.compile(r"[0-9]+|(?<=[0-9])[Xx](?![0-9])|[Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?:\+?0{0,2}86)?1[3-9][0-9]{9}")
_ID_SIZE, _OLD_ID_SIZE = 18, 15
_CARD_SIZES = range(16, 20)
_CREDIT_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9][0-9A-Z]{17}(?![0-9A-Za-z])")
_PLAIN_GAP = re.compile(r"[\s\-\u2010-\u2015_·•.]*")


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of digits: where in it pieces begin or end, and what stands before each of these places."""

    digits: str
    edges: tuple[int, ...]
    gaps: tuple[str, ...]


def find_kind(text: str) -> str:
    """Return ``id``, ``mobile`` or ``card`` for the first personal number in ``text``, or an empty text."""
    plain = _without_credit_codes(plain_digits(text))
    if kind := _first_kind(plain):
        return kind
    spelled = letters_as_digits(plain)
    return _first_kind(spelled, plain) if spelled != plain else ""


@deconstructible
class WithoutPersonalNumbers:
    """Field validator that refuses a text with a full ID number, mobile number or bank card."""

    def __call__(self, text: str) -> None:
        """Raise ``ValidationError`` that says what was found, without repeating it."""
        kind = find_kind(text)
        if kind:
            raise ValidationError(words_for(kind), code=f"personal_{kind}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WithoutPersonalNumbers)

    def __hash__(self) -> int:
        return hash(WithoutPersonalNumbers)


# The validators of every field that the public reads.
PUBLIC_TEXT = [WithoutPersonalNumbers()]


def words_for(kind: str) -> str:
    """Return the sentence that says what was found, without repeating it."""
    words = {
        "id": _("This text holds a full ID number. The public reads it: take the number out."),
        "mobile": _("This text holds a personal mobile number. The public reads it: give an office telephone."),
        "card": _("This text holds a bank card number. The public reads it: take the number out."),
        "address": _("This text holds an address. The public reads it: name the place or the office alone."),
    }
    return words[kind]


def _first_kind(plain: str, unspelled: str = "") -> str:
    return next((kind for run in _runs(plain, unspelled) if (kind := _kind_in(run))), "")


def _runs(plain: str, unspelled: str) -> Iterator[_Run]:
    """Yield the stretches of digits of a text.

    With ``unspelled`` (the text before letters became digits) a stretch needs some real digits: a word is no number.
    """
    pieces: list[re.Match[str]] = []
    for piece in [*_PIECE.finditer(plain), None]:
        if piece is not None and (not pieces or _is_gap(plain[pieces[-1].end() : piece.start()])):
            pieces.append(piece)
            continue
        if pieces and _is_real(pieces, unspelled):
            yield _joined(pieces, plain)
        pieces = [piece] if piece is not None else []


def _is_gap(between: str) -> bool:
    return len(between) <= MOST_BETWEEN and all(_parts(sign) for sign in between)


@cache
def _parts(sign: str) -> bool:
    return sign in "Xx" or unicodedata.category(sign)[0] in "PSZCM"


def _is_real(pieces: list[re.Match[str]], unspelled: str) -> bool:
    if not unspelled:
        return True
    written = "".join(unspelled[piece.start() : piece.end()] for piece in pieces)
    return sum(sign.isdigit() for sign in written) >= LEAST_REAL


def _joined(pieces: list[re.Match[str]], plain: str) -> _Run:
    gaps = [plain[one.end() : other.start()] for one, other in pairwise(pieces)]
    singles = [len(piece.group()) == 1 for piece in pieces]
    between_singles = Counter(gap for gap, pair in zip(gaps, pairwise(singles), strict=True) if all(pair))
    usual = between_singles.most_common(1)[0][0] if between_singles else None
    digits, edges, kept = "", [0], [""]
    for at, piece in enumerate(pieces):
        digits += piece.group().upper()
        # What is written digit by digit is one piece: nobody could say where in it something begins.
        if at == len(gaps) or not (singles[at] and singles[at + 1] and gaps[at] == usual):
            edges.append(len(digits))
            kept.append(gaps[at] if at < len(gaps) else "")
    return _Run(digits, tuple(edges), tuple(kept))


def _kind_in(run: _Run) -> str:
    # With its check digit an ID is known wherever it stands, even glued to other digits.
    if any(_is_resident_id(run.digits[at : at + _ID_SIZE]) for at in range(len(run.digits) - _ID_SIZE + 1)):
        return "id"
    for first, last in combinations(range(len(run.edges)), 2):
        begin, end = run.edges[first], run.edges[last]
        # A row of dates has pieces of one and two digits; a number in groups has none.
        in_groups = all(later - earlier > 2 for earlier, later in pairwise(run.edges[first : last + 1]))
        is_plain = all(_PLAIN_GAP.fullmatch(gap) for gap in run.gaps[first + 1 : last])
        if kind := _kind_of(run.digits[begin:end], is_plain=is_plain, in_groups=in_groups):
            return kind
    return ""


def _kind_of(part: str, *, is_plain: bool, in_groups: bool) -> str:
    if _MOBILE.fullmatch(part):
        return "mobile"
    if in_groups and (_is_like_id(part) or (len(part) == _OLD_ID_SIZE and is_plain and _is_old_id(part))):
        return "id"
    if len(part) in _CARD_SIZES and part.isdigit():
        return "card" if _is_card(part, is_plain=is_plain, in_groups=in_groups) else ""
    return ""


def _is_card(part: str, *, is_plain: bool, in_groups: bool) -> bool:
    """Nearly every mainland card begins with 62; of others the check digit decides, which may be mistyped here."""
    if part.startswith("62"):
        return in_groups or luhn.is_valid(part)
    return is_plain and part[0] in "34569" and luhn.is_valid(part)


def _without_credit_codes(plain: str) -> str:
    return _CREDIT_CODE.sub(lambda found: " " if _is_credit_code(found.group()) else found.group(), plain)


def _is_credit_code(code: str) -> bool:
    return uscc.is_valid(code) and not _is_resident_id(code)


def _is_resident_id(part: str) -> bool:
    if not _is_like_id(part):
        return False
    try:
        mod_11_2.validate(part)
    except NumberError:
        return False
    return True


def _is_like_id(part: str) -> bool:
    """Tell whether a region and a birth date stand where they stand in an ID; Excel makes zeros of the last digits."""
    return bool(re.fullmatch(r"[1-9][0-9]{16}[0-9X]", part)) and _is_birth_date(part[6:14])


def _is_old_id(part: str) -> bool:
    return bool(re.fullmatch(r"[1-9][0-9]{14}", part)) and _is_birth_date("19" + part[6:12])


def _is_birth_date(eight: str) -> bool:
    try:
        born = date(int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2100
