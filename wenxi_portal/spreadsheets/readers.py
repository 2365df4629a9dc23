"""Readers of single cells: what an office typed becomes a value, or one sentence says what to write instead.

A reader takes the cell as the file holds it (text, number, day, truth value) and the ``Book`` it stands in, and returns
a value that JSON can hold. It raises ``CellError``; the sentence never repeats what stood in the cell.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from wenxi_portal.core.wording import word_list
from wenxi_portal.spreadsheets.words import key_of

HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Excel keeps 15 digits of a number; what is longer has lost its end.
EXACT_DIGITS = 15
FIRST_YEAR, LAST_YEAR = 1900, 2100
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
LANGUAGES = ("zh-hans", "en")

_WIDE = {ord(wide): wide_to for wide, wide_to in zip(
    "".join(chr(sign) for sign in range(0xFF10, 0xFF1A))
    + "".join(chr(sign) for sign in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))),
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", strict=True,
)} | {0x3000: " ", 0xA0: " ", 0x200B: None, 0xFEFF: None}  # fmt: skip
_WIDE_SIGNS = re.compile(f"[{''.join(map(chr, _WIDE))}]")
# Signs that no database column and no page takes; line breaks and tabs stay until a reader decides.
_CONTROL = {
    sign: None for sign in (*range(32), *range(0x7F, 0xA0), *range(0xD800, 0xE000)) if chr(sign) not in "\t\n\r"
}
_BLANKS = re.compile(r"\s+")
_BLANK_IN_HAN = re.compile(rf"(?<=[{HAN}·])\s+(?=[{HAN}·])")
_DOTS = str.maketrans(dict.fromkeys("•・‧∙･", "·"))
_OURS = re.compile(r"^'(?=\s*[=+\-@\t\r])")
_MANGLED = re.compile(r"[+-]?\d+(?:\.\d+)?[eE]\+?\d+")
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_YEAR = re.compile(r"(\d{4})年?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")


class CellError(ValueError):
    """The cell cannot be taken; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Book:
    """What a reader must know of the file: whether its days are counted from 1904."""

    from_1904: bool = False


Reader = Callable[[Any, Book], Any]


def plain(cell: Any) -> str:
    """Return ``cell`` as text: full-width digits and letters made half-width, blanks at the ends gone.

    Whole numbers lose their “.0”; the apostrophe that our own exports put before a sign is taken off again.
    """
    if isinstance(cell, str):
        text = cell
    elif isinstance(cell, bool):
        text = str(cell).upper()
    elif isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**EXACT_DIGITS:
        text = str(int(cell))
    elif isinstance(cell, datetime) and cell.time() == time():
        text = cell.date().isoformat()
    else:
        text = str(cell)
    if not text.isascii() and _WIDE_SIGNS.search(text):
        text = text.translate(_WIDE)
    if not text.isprintable():
        text = text.translate(_CONTROL)
    bare = text.strip()
    return _OURS.sub("", bare) if bare.startswith("'") else bare


def text(*, most: int, name: bool = False, validators: Iterable[Callable[[str], None]] = ()) -> Reader:
    """Return a reader of text of at most ``most`` characters; of names, blanks between Chinese characters go."""
    checks = tuple(validators)

    def read(cell: Any, book: Book) -> str:
        value = plain(cell)
        if " " in value or not value.isprintable():
            value = _BLANKS.sub(" ", value)
        if name and not value.isalnum():
            value = _BLANK_IN_HAN.sub("", value.translate(_DOTS))
        if len(value) > most:
            raise CellError(_("At most %(most)d characters.") % {"most": most})
        try:
            for check in checks:
                check(value)
        except ValidationError as error:
            raise CellError(" ".join(error.messages)) from None
        return value

    return read


def code(*, validators: Iterable[Callable[[str], None]] = (), most: int = 40) -> Reader:
    """Return a reader of numbers that are names (school code, credit code, telephone): digits stay as typed.

    What Excel has made of a long number (15 digits and zeros, 1.41E+17) is refused with the way to repair it.
    """
    checks = tuple(validators)

    def read(cell: Any, book: Book) -> str:
        value = plain(cell)
        lost = isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) >= 10**EXACT_DIGITS
        if lost or (not value.isdigit() and _MANGLED.fullmatch(value)):
            raise CellError(_mangled())
        if not (value.isascii() and value.isalnum()):
            value = unicodedata.normalize("NFKC", value).replace(" ", "")
        value = value.upper()
        if len(value) > most:
            raise CellError(_("At most %(most)d characters.") % {"most": most})
        try:
            for check in checks:
                check(value)
        except ValidationError as error:
            if len(value) > EXACT_DIGITS and value.isdigit() and not value[EXACT_DIGITS:].strip("0"):
                raise CellError(_mangled()) from None
            raise CellError(" ".join(error.messages)) from None
        return value

    return read


def whole_number(*, least: int = 0, most: int = 10**9) -> Reader:
    """Return a reader of whole numbers between ``least`` and ``most``."""

    def read(cell: Any, book: Book) -> int:
        value = _decimal(cell)
        if value != value.to_integral_value() or not least <= value <= most:
            raise CellError(_("A whole number from %(least)d to %(most)d.") % {"least": least, "most": most})
        return int(value)

    return read


def money(*, most: Decimal = Decimal("999999999.99")) -> Reader:
    """Return a reader of amounts in yuan with at most two decimals, kept as text so that no fen is lost."""

    def read(cell: Any, book: Book) -> str:
        value = _decimal(cell, "¥￥元,， ")
        if not 0 <= value <= most or value != value.quantize(Decimal("0.01")):
            raise CellError(_("An amount in yuan with at most two decimals."))
        return str(value.quantize(Decimal("0.01")))

    return read


def day(*, partial: bool = False) -> Reader:
    """Return a reader of days, written 2021-09-01; ``partial`` also takes 2021-09 and 2021 and keeps that precision.

    Takes 2021.9.1, 2021/9/1, 2021年9月1日, 20210901 and Excel's day numbers (of either epoch).
    """

    def read(cell: Any, book: Book) -> str:
        found = _day_of(cell, book)
        if found is None:
            raise CellError(_("Write the day as 2021-09-01."))
        if len(found) < 3 and not partial:
            raise CellError(_("Year, month and day are needed here: write 2021-09-01."))
        try:
            date(*(*found, 1, 1)[:3])
        except ValueError:
            raise CellError(_("There is no such day in the calendar.")) from None
        if not FIRST_YEAR <= found[0] <= LAST_YEAR:
            raise CellError(_("The year lies outside 1900 to 2100."))
        return "-".join(f"{part:04d}" if at == 0 else f"{part:02d}" for at, part in enumerate(found))

    return read


def choice(choices: type[models.TextChoices], **others: str) -> Reader:
    """Return a reader of one of ``choices``, by its words in either language; ``others`` maps more words to values."""
    known: dict[str, str] = {}

    def read(cell: Any, book: Book) -> str:
        if not known:
            known.update({key_of(word): value for value, word in words_of(choices.choices)})
            known.update({key_of(value): value for value in choices.values})
            known.update({key_of(word): str(value) for word, value in others.items()})
        try:
            return known[key_of(plain(cell))]
        except KeyError:
            labels = word_list(choices.labels)
            raise CellError(_("Choose one of: %(choices)s.") % {"choices": labels}) from None

    return read


def chosen(choices: type[models.TextChoices], **others: str) -> Reader:
    """Return a reader of any number of ``choices`` in one cell, sorted and each once."""
    one = choice(choices, **others)

    def read(cell: Any, book: Book) -> list[str]:
        return sorted({one(word, book) for word in several(cell, book)})

    return read


def yes_no(cell: Any, book: Book) -> bool:
    """Read 是, 否, yes, no, √, × and TRUE, FALSE."""
    value = key_of(plain(cell))
    if value in {"是", "yes", "y", "√", "✓", "true", "1", "有"}:
        return True
    if value in {"否", "no", "n", "×", "x", "false", "0", "无"}:
        return False
    raise CellError(_("Write 是 or 否."))


def several(cell: Any, book: Book) -> list[str]:
    """Read names separated by 、 , ; or line breaks, each once, in the order written."""
    parts = (_BLANK_IN_HAN.sub("", part.strip()) for part in re.split(r"[、,，;；\n]", plain(cell)))
    return list(dict.fromkeys(part for part in parts if part))


def words_of(pairs: Iterable[tuple[Any, str | Promise]]) -> list[tuple[Any, str]]:
    """Return each value with its words in every language of the portal."""
    listed = list(pairs)
    found = []
    for language in LANGUAGES:
        with override(language):
            found += [(value, str(words)) for value, words in listed]
    return found


def _mangled() -> str:
    return _(
        "Excel has cut this number after 15 digits. Format the column as text, type the number again from the original."
    )


def _decimal(cell: Any, dropped: str = ",， ") -> Decimal:
    value = unicodedata.normalize("NFKC", plain(cell)).translate({ord(sign): None for sign in dropped})
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise CellError(_("A number is needed here.")) from None
    if not number.is_finite():
        raise CellError(_("A number is needed here."))
    return number


def _day_of(cell: Any, book: Book) -> tuple[int, ...] | None:
    if isinstance(cell, (date, datetime)):
        return cell.year, cell.month, cell.day
    if isinstance(cell, (bool, time, timedelta)):
        return None
    if isinstance(cell, (int, float)):
        return _number_day(float(cell), book)
    return _written_day(re.sub(r"\s*([-./年月日])\s*", r"\1", unicodedata.normalize("NFKC", plain(cell))), book)


def _written_day(value: str, book: Book) -> tuple[int, ...] | None:
    for form in (_YEAR, _COMPACT, _DAY):
        if match := form.fullmatch(value):
            return tuple(int(part) for part in match.groups() if part is not None)
    return _number_day(float(value), book) if re.fullmatch(r"\d{5}(?:\.0)?", value) else None


def _number_day(number: float, book: Book) -> tuple[int, ...] | None:
    """2021 is a year, 2021.9 a month (2021.1 may be January or October: only text tells), 44440 a day number."""
    if FIRST_YEAR <= number <= LAST_YEAR:
        written = repr(number)
        year, _dot, month = written.partition(".")
        if month in {"", "0"}:
            return (int(year),)
        if month == "1":
            raise CellError(_("2021.1 may be January or October. Write 2021-01 or 2021-10."))
        return (int(year), int(month)) if len(month) <= 2 else None
    if number >= 10**7 and number.is_integer() and (match := _COMPACT.fullmatch(str(int(number)))):
        return int(match[1]), int(match[2]), int(match[3])
    if not 366 <= number < 80_000:
        return None
    found = (EPOCH_1904 if book.from_1904 else EPOCH_1900) + timedelta(days=int(number))
    return found.year, found.month, found.day


def field_text(model: type[models.Model], name: str, *, is_name: bool = False) -> Reader:
    """Return a reader of text with the length and the checks of the model's field."""
    field = model._meta.get_field(name)
    return text(most=field.max_length, name=is_name, validators=_checks(field))


def field_code(model: type[models.Model], name: str) -> Reader:
    """Return a reader of a code with the length and the checks of the model's field."""
    field = model._meta.get_field(name)
    return code(validators=_checks(field), most=field.max_length)


def _checks(field: models.Field) -> list[Callable[[str], None]]:
    return [
        check
        for check in field.validators
        if not isinstance(check, (MaxLengthValidator, ProhibitNullCharactersValidator))
    ]
