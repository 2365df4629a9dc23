"""Readers of what only people's sheets hold: names, document and mobile numbers, days of study."""

import re
from typing import Any

from django.core.exceptions import ValidationError

from talent.models import Person
from talent.services.person import clean_name
from wenxi_portal.core.validators import normalise_digits, validate_mobile
from wenxi_portal.spreadsheets import readers
from wenxi_portal.spreadsheets.readers import Book, CellError, Reader

# As our own lists show a number: some signs, stars, the last signs.
_MASKED = re.compile(r"[0-9A-Z]{0,4}\*{3,}[0-9A-Z]{0,4}")
LONGEST_FIELD = 40
_DASHES = re.compile(r"[\-‐-―']")
_AREA = re.compile(r"^(?:\+|00)?86(?=1[3-9]\d{9}$)")
_read_name = readers.field_text(Person, "name", is_name=True)
_read_email = readers.field_text(Person, "email")
_read_code = readers.code(most=30)
_read_day = readers.day(partial=True)


def person_name(cell: Any, book: Book) -> str:
    """Read a name: no blanks between characters, one middle dot, rare characters untouched."""
    return clean_name(_read_name(cell, book))


def document_number(cell: Any, book: Book) -> str:
    """Read the number of a document as it is compared. Its kind, which stands in another cell, decides whether it fits.

    What Excel has cut is refused. A masked number (``1408************12``) is kept as it stands: it names no document,
    but tells which record on file is meant.
    """
    value = _read_code(cell, book)
    return value if value.isalnum() else _DASHES.sub("", value)


def mobile_number(cell: Any, book: Book) -> str:
    """Read a mobile number, with or without 86 before it. A masked one is kept as it stands."""
    value = _AREA.sub("", normalise_digits(_read_code(cell, book)))
    if is_masked(value):
        return value
    try:
        validate_mobile(value)
    except ValidationError as error:
        raise CellError(error.messages[0]) from None
    return value


def is_masked(number: str) -> bool:
    """Tell whether ``number`` is one of our own lists' masked numbers."""
    return "*" in number and bool(_MASKED.fullmatch(number))


def study_day(*, month: int, day: int) -> Reader:
    """Return a reader of days of study: a year alone means ``month`` and ``day``, a month alone its first day.

    Offices write the year, and universities begin on 1 September and end on 30 June.
    """

    def read(cell: Any, book: Book) -> str:
        parts = _read_day(cell, book).split("-")
        if len(parts) == 1:
            return f"{parts[0]}-{month:02}-{day:02}"
        return "-".join([*parts, "01"][:3])

    return read


def email(cell: Any, book: Book) -> str:
    """Read an e-mail address, in lower case as it is kept."""
    return _read_email(cell, book).lower()


def field_names(cell: Any, book: Book) -> list[str]:
    """Read fields of work as they are kept, sorted and each once."""
    return sorted({name[:LONGEST_FIELD] for name in readers.several(cell, book)})
