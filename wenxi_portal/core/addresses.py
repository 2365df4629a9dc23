"""Finds addresses where somebody lives: a place, a street or village, and a number of a house, a stair or a flat.

The patterns stand in ``data/addresses.json``: place, way and house; house and flat; a word that names an address. A
document number and a telephone have no street before them.
"""

import json
import re
import unicodedata
from pathlib import Path
from typing import Final

_DATA: Final[dict[str, str]] = json.loads(
    (Path(__file__).parent / "data" / "addresses.json").read_text(encoding="utf-8")
)
_PATTERNS: Final = tuple(re.compile(pattern) for pattern in _DATA.values())
_KEPT: Final = frozenset({"L", "N"})


def has_address(text: str) -> bool:
    """Tell whether ``text`` holds an address down to the house, the stair or the flat, or one that is named as such."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign)[0] in _KEPT or sign in "-~"
    )
    return any(pattern.search(plain) for pattern in _PATTERNS)
