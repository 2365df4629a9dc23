"""Personal data as it may be shown: enough to recognise, too little to use."""

import re

_LONG_NUMBER = re.compile(r"(?<!\d)\d{14,18}[\dXx](?!\d)")


def mask_mobile(mobile: str) -> str:
    """Return ``138****1234`` for a mobile number; anything shorter than seven digits becomes stars."""
    if len(mobile) < 7:
        return "*" * len(mobile)
    return f"{mobile[:3]}{'*' * (len(mobile) - 7)}{mobile[-4:]}"


def mask_email(email: str) -> str:
    """Return ``z***@example.org``: the first letter and the host."""
    name, at, host = email.partition("@")
    return f"{name[:1]}***{at}{host}"


def mask_id_number(number: str) -> str:
    """Return ``1408************12``: the region's four digits and the last two; short numbers become stars."""
    if len(number) < 8:
        return "*" * len(number)
    return f"{number[:4]}{'*' * (len(number) - 6)}{number[-2:]}"


def mask_card(number: str) -> str:
    """Return ``6222 **** **** 1234``: the bank's four digits and the last four; short numbers become stars."""
    if len(number) < 12:
        return "*" * len(number)
    return f"{number[:4]} **** **** {number[-4:]}"


def mask_name(name: str) -> str:
    """Return the first character of a name and a star for each other, as on a notice that strangers may see."""
    return name[:1] + "*" * (len(name) - 1)


def mask_number(number: str) -> str:
    """Return ``140***********1234`` for any longer number: three signs at the front, the last four, stars between."""
    if len(number) < 10:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def mask_numbers_in(text: str) -> str:
    """Return ``text`` with every run of 15 to 19 digits masked: a number typed into the wrong column stays unread."""
    return _LONG_NUMBER.sub(lambda found: mask_number(found[0]), text)
