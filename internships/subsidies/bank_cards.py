"""Numbers of bank cards: how many digits, the check digit (Luhn), and which bank a prefix suggests.

The prefixes of the big banks stand in ``data/card_prefixes.json``. They are a suggestion that the holder may change, not
a register: a prefix that is missing there only means that the bank is asked for.
"""

import json
import re
from functools import lru_cache
from pathlib import Path

from stdnum import luhn

from wenxi_portal.core.validators import normalise_digits

_TABLE = Path(__file__).parent / "data" / "card_prefixes.json"
_CARD = re.compile(r"[0-9]{16,19}")


def card_digits(typed: str) -> str:
    """Return a card number as it is kept: half-width digits without blanks and dashes."""
    return normalise_digits(typed)


def is_card(digits: str) -> bool:
    """Tell whether ``digits`` are 16 to 19 digits."""
    return bool(_CARD.fullmatch(digits))


def fits_check_digit(digits: str) -> bool:
    """Tell whether the last digit fits the others (Luhn). Some cards of old banks do not, so it is only a warning."""
    return bool(luhn.is_valid(digits))


def suggested_bank(digits: str) -> str:
    """Return the bank whose prefix the card bears, the longest prefix first; empty when none is known."""
    prefixes = _prefixes()
    sizes = sorted({len(prefix) for prefix in prefixes}, reverse=True)
    return next((prefixes[digits[:size]] for size in sizes if digits[:size] in prefixes), "")


def bank_names() -> list[str]:
    """Return the banks of the table, in its order."""
    return list(dict.fromkeys(_prefixes().values()))


@lru_cache(maxsize=1)
def _prefixes() -> dict[str, str]:
    table = json.loads(_TABLE.read_text(encoding="utf-8"))
    return {prefix: bank for bank, prefixes in table.items() for prefix in prefixes}
