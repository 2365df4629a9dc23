"""Charts drawn on the server: bars as plain SVG, with their numbers as a table beneath. No script, no colour alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 600


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: where it begins and how wide it is (of ``WIDTH``), its tone, its words."""

    x: float
    width: float
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its value in words, its pieces."""

    label: str
    words: str
    parts: Sequence[Part]


Piece = tuple[Decimal, str, str]


def bars(rows: Iterable[tuple[str, str, Sequence[Piece]]], *, full: Decimal | None = None) -> list[Bar]:
    """Return bars for rows of label, words and pieces (value, tone, words). ``full`` is what fills the whole width.

    Without ``full`` the longest bar does. A piece that is not zero is at least two units wide, so that it can be seen.
    """
    listed = [(label, words, list(pieces)) for label, words, pieces in rows]
    longest = full or max((_sum(pieces) for _label, _words, pieces in listed), default=Decimal(0))
    return [Bar(label, words, _parts(pieces, longest or Decimal(1))) for label, words, pieces in listed]


def _sum(pieces: Sequence[Piece]) -> Decimal:
    return sum((value for value, _tone, _words in pieces), Decimal(0))


def _parts(pieces: Sequence[Piece], longest: Decimal) -> list[Part]:
    found, x = [], 0.0
    for value, tone, words in pieces:
        if value <= 0:
            continue
        width = min(max(float(value / longest) * WIDTH, 2.0), WIDTH - x)
        found.append(Part(round(x, 1), round(width, 1), tone, words))
        x += width
    return found
