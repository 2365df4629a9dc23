"""How values of filters are read from an address, and conditions that know “nothing on file”."""

from collections.abc import Callable, Collection, Sequence

from django.db.models import Q

from wenxi_portal.core.facets import UNKNOWN

LARGEST_ID = 2**63 - 1


def row_id(value: str) -> str:
    """Return the number of a row without leading zeros; empty for what no row can have."""
    return whole_number(value, 1, LARGEST_ID)


def whole_number(value: str, least: int, most: int) -> str:
    """Return a whole number between two bounds in plain digits, full-width digits included, or an empty text."""
    if not value.isdecimal() or len(value) > 19:
        return ""
    return str(int(value)) if least <= int(value) <= most else ""


def one_of(values: Collection[str]) -> Callable[[str], str]:
    """Return a reader that lets only these values through."""
    return lambda value: value if value in values else ""


def or_unknown(read: Callable[[str], str]) -> Callable[[str], str]:
    """Return a reader that also lets UNKNOWN through."""
    return lambda value: value if value == UNKNOWN else read(value)


def on_file_or_unknown(known: Callable[[list[str]], Q], unknown: Q) -> Callable[[Sequence[str]], Q]:
    """Return a condition: one of the known values, or ``unknown`` where UNKNOWN is chosen."""

    def condition(values: Sequence[str]) -> Q:
        on_file = [value for value in values if value != UNKNOWN]
        if not on_file:
            return unknown
        return known(on_file) | unknown if UNKNOWN in values else known(on_file)

    return condition
