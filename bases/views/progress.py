"""How many bases are on file beside the figure that the county announced."""

from dataclasses import dataclass
from typing import Any

from bases.selectors.public import Announced
from bases.views.cards import Text
from wenxi_portal.core.bilingual import marked_name

MOST_TICKS = 40


@dataclass(frozen=True, slots=True)
class Progress:
    """Bases on file, announced and still missing; ``ticks`` has a mark for each announced base, filed or not yet."""

    on_file: int
    announced: int
    missing: int
    ticks: list[bool]
    as_of: Any
    source: Text


def progress(on_file: int, announced: Announced) -> Progress:
    """Return the numbers in the reader's language; no ticks where there is nothing to compare."""
    missing = max(announced.number - on_file, 0)
    comparable = on_file <= announced.number <= MOST_TICKS
    ticks = [True] * on_file + [False] * missing if comparable else []
    return Progress(
        on_file, announced.number, missing, ticks, announced.as_of, marked_name(announced.source, announced.source_en)
    )
