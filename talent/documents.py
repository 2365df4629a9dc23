"""Identity documents read and checked by our own rules (domain.md §4 and §5).

The checksum is the library's; dates are checked here, because its own check refuses valid numbers of the county and
lets births in the future pass. The region is a hint and never a reason to refuse.
"""

import re
import time
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric

from talent.enums import DocumentKind, Sex

# The county's region code, and the one it had until 2000.
NATIVE_PREFIXES = ("140823", "142729")
OLDEST_YEARS = 130
_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_PASSPORT = re.compile(r"(?=.*[0-9])[A-Z0-9]{5,15}")
_SCIENTIFIC = re.compile(r"[0-9]+(?:\.[0-9]+)?E\+?[0-9]+|[0-9]{15,18}\.0+")
_PERMIT_PREFIXES = {
    DocumentKind.HK_MACAO: ("810000", "820000"),
    DocumentKind.TAIWAN: ("830000",),
}


@dataclass(frozen=True, slots=True)
class IdentityDocument:
    """A document that passed every check. Passports tell neither birth nor sex."""

    kind: DocumentKind
    number: str
    birth_date: date | None = None
    sex: Sex = Sex.UNKNOWN
    native_hint: bool = False


def read_document(kind: str, text: str, *, typed: bool = True) -> IdentityDocument:
    """Return the document of ``kind`` in ``text``, or raise ``ValidationError`` that says what is wrong.

    ``typed`` False means the number comes out of a sheet: then three zeros at its end are taken for Excel's doing
    even where the check digit happens to fit, one time in eleven.
    """
    try:
        wanted = DocumentKind(kind)
    except ValueError:
        raise ValidationError(_("Choose the kind of document."), code="kind") from None
    number = normalise_document(text)
    if not number:
        raise ValidationError(_("Enter the number of the document."), code="empty")
    if _SCIENTIFIC.fullmatch(number):
        raise _mangled()
    if wanted == DocumentKind.PASSPORT:
        return _passport(number)
    return _eighteen(wanted, number, typed=typed)


def normalise_document(text: str) -> str:
    """Return ``text`` as numbers are compared: half width, capital letters, no blanks or dashes."""
    if text and text.isascii() and text.isalnum():
        return text.upper()
    return re.sub(r"[\s\-‐-―']", "", unicodedata.normalize("NFKC", text or "")).upper()


def _passport(number: str) -> IdentityDocument:
    if not _PASSPORT.fullmatch(number):
        raise ValidationError(_("A passport number has 5 to 15 letters and digits."), code="passport")
    return IdentityDocument(DocumentKind.PASSPORT, number)


def _eighteen(kind: DocumentKind, number: str, *, typed: bool) -> IdentityDocument:
    if len(number) == 15 and number.isdecimal():
        raise ValidationError(_("Numbers of 15 digits are no longer valid. Enter the one of 18 digits."), code="old")
    if not _EIGHTEEN.fullmatch(number):
        raise ValidationError(_("The number has 18 digits; the last one may be X."), code="form")
    fits = ric.calc_check_digit(number) == number[-1]
    if number.endswith("000") and not (fits and typed):
        raise _mangled()
    if not fits:
        raise ValidationError(_("The last digit does not fit the others: look for a typing error."), code="checksum")
    _check_kind(kind, number)
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return IdentityDocument(kind, number, _birth_date(number), sex, number.startswith(NATIVE_PREFIXES))


def permit_kind(number: str) -> DocumentKind | None:
    """Return the residence permit whose region ``number`` begins with; None for every other document."""
    return next((kind for kind, prefixes in _PERMIT_PREFIXES.items() if number.startswith(prefixes)), None)


def _check_kind(kind: DocumentKind, number: str) -> None:
    permit = permit_kind(number)
    if permit != (kind if kind in _PERMIT_PREFIXES else None):
        right = permit or DocumentKind.RESIDENT_ID
        raise ValidationError(
            _("This is the number of another document: %(kind)s."),
            code="other_kind",
            params={"kind": right.label},
        )


def _birth_date(number: str) -> date:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise ValidationError(_("The date of birth in the number does not exist."), code="birth") from None
    check_birth_date(born)
    return born


def check_birth_date(born: date) -> None:
    """Raise ``ValidationError`` for a birth in the future or longer ago than anybody lives."""
    year = time.gmtime().tm_year
    if year - OLDEST_YEARS + 1 < born.year < year - 1:
        return  # Far from either border, whatever the time zone: a long sheet asks for the day no more than it must.
    today = timezone.localdate()
    if born > today:
        raise ValidationError(_("The date of birth lies in the future."), code="future")
    if born.year < today.year - OLDEST_YEARS:
        raise ValidationError(_("The date of birth lies too far back."), code="past")


def _mangled() -> ValidationError:
    return ValidationError(
        _("A spreadsheet has cut this number: its last digits are lost. Enter it from the document."), code="mangled"
    )
