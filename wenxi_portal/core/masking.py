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
