"""Personal data as it may be shown: enough to recognise, too little to use."""


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


def mask_name(name: str) -> str:
    """Return the first character of a name and a star for each other, as on a notice that strangers may see."""
    return name[:1] + "*" * (len(name) - 1)
