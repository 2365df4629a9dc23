"""Finds full ID numbers, mobile numbers and bank cards in a text, however they are written.

Public texts must not hold any (domain.md §4, Public notice). Full-width digits, blanks, dashes, dots and invisible
characters between the digits do not hide a number. Telephone numbers of offices, dates and sums are none.
"""

import re
import unicodedata
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext as _
from stdnum import luhn
from stdnum.exceptions import ValidationError as NumberError
from stdnum.iso7064 import mod_11_2

_BETWEEN = r"[\s\-\u2010-\u2015_.\u00b7\u2022,/\u200b-\u200f\u2060\ufeff]{0,3}"
_RUN = re.compile(rf"(?<![0-9])[0-9](?:{_BETWEEN}[0-9]){{10,20}}(?:{_BETWEEN}[xX])?(?![0-9])")
_NOT_DIGIT = re.compile(r"[^0-9X]")


def find_kind(text: str) -> str:
    """Return ``id``, ``mobile`` or ``card`` for the first personal number in ``text``, or an empty text."""
    plain = unicodedata.normalize("NFKC", text)
    for found in _RUN.finditer(plain):
        digits = _NOT_DIGIT.sub("", found.group().upper())
        if kind := _kind_of(digits):
            return kind
    return ""


@deconstructible
class WithoutPersonalNumbers:
    """Field validator that refuses a text with a full ID number, mobile number or bank card."""

    def __call__(self, text: str) -> None:
        """Raise ``ValidationError`` that says what was found, without repeating it."""
        kind = find_kind(text)
        if not kind:
            return
        words = {
            "id": _("This text holds a full ID number. The public reads it: take the number out."),
            "mobile": _("This text holds a personal mobile number. The public reads it: give an office telephone."),
            "card": _("This text holds a bank card number. The public reads it: take the number out."),
        }
        raise ValidationError(words[kind], code=f"personal_{kind}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WithoutPersonalNumbers)

    def __hash__(self) -> int:
        return hash(WithoutPersonalNumbers)


# The validators of every field that the public reads.
PUBLIC_TEXT = [WithoutPersonalNumbers()]


def _kind_of(digits: str) -> str:
    # A number may be glued to others, so every stretch of the right length is tried.
    stretches = {size: [digits[at : at + size] for at in range(len(digits) - size + 1)] for size in (18, 15, 11)}
    if any(_is_resident_id(part) for part in stretches[18]) or any(_is_old_id(part) for part in [digits]):
        return "id"
    if len(digits) in (11, 13) and re.fullmatch(r"(86)?1[3-9][0-9]{9}", digits):
        return "mobile"
    if 16 <= len(digits) <= 19 and digits.isdigit() and digits[0] in "3456" and luhn.is_valid(digits):
        return "card"
    return ""


def _is_resident_id(part: str) -> bool:
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", part) or not _is_birth_date(part[6:14]):
        return False
    try:
        mod_11_2.validate(part)
    except NumberError:
        return False
    return True


def _is_old_id(part: str) -> bool:
    return bool(re.fullmatch(r"[1-9][0-9]{14}", part)) and _is_birth_date("19" + part[6:12])


def _is_birth_date(eight: str) -> bool:
    try:
        born = date(int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2100
