"""Checks of the numbers that Chinese offices live by. Each says what is wrong and what is expected."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NumberError

MOBILE = re.compile(r"1[3-9][0-9]{9}")
SCHOOL_CODE = re.compile(r"41[1-9][0-9]{7}")


def normalise_digits(value: str) -> str:
    """Return ``value`` with full-width characters made half-width and blanks and dashes removed."""
    if value.isascii() and value.isalnum():
        return value
    return re.sub(r"[\s\-‐-―]", "", unicodedata.normalize("NFKC", value))


def validate_mobile(value: str) -> None:
    """Refuse what is not a mainland mobile number: 1, then 3 to 9, then nine digits."""
    if not MOBILE.fullmatch(value):
        raise ValidationError(_("Enter a mobile number of 11 digits, like 13900000000."), code="mobile")


def validate_school_code(value: str) -> None:
    """Refuse what is not a school code (学校标识码): ten digits that begin with 41."""
    if not SCHOOL_CODE.fullmatch(value):
        raise ValidationError(_("A school code has ten digits and begins with 41."), code="school_code")


def validate_credit_code(value: str) -> None:
    """Refuse what is not a unified social credit code: 18 characters with the check of GB 32100-2015."""
    try:
        uscc.validate(value)
    except NumberError:
        raise ValidationError(
            _("This is not a unified social credit code: 18 characters, the last one is a check (GB 32100)."),
            code="credit_code",
        ) from None
