"""Chains as a small picture: one row a chain, from the county on the left to the target on the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from talent.selectors.chains import Chain

STEP, ROW, MARGIN, RADIUS = 170, 92, 60, 22
LONGEST_NAME = 9


@dataclass(frozen=True, slots=True)
class Node:
    """A circle with a name below it."""

    x: int
    y: int
    name: str
    kind: str

    @property
    def label_y(self) -> int:
        """Where the name stands."""
        return self.y + RADIUS + 18


@dataclass(frozen=True, slots=True)
class Edge:
    """A line with a word above its middle."""

    x1: int
    y1: int
    x2: int
    y2: int
    words: str | Promise

    @property
    def middle_x(self) -> int:
        """Middle of the line."""
        return (self.x1 + self.x2) // 2

    @property
    def middle_y(self) -> int:
        """A little above the line."""
        return (self.y1 + self.y2) // 2 - 8


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the template draws; the same chains stand below it as text."""

    width: int
    height: int
    nodes: list[Node]
    edges: list[Edge]


def draw(chains: Sequence[Chain], target: str) -> Drawing:
    """Return the picture of ``chains``."""
    longest = max(len(chain.links) for chain in chains)
    to_place = any(chain.links[-1].kind == "there" for chain in chains)
    columns = longest + (1 if to_place else 0)
    middle = MARGIN + ROW * (len(chains) - 1) // 2
    us = Node(MARGIN, middle, _("We"), "us")
    nodes, edges = [us], []
    end = Node(MARGIN + STEP * columns, middle, _short(target), "target")
    for at, chain in enumerate(chains):
        y, before, words = MARGIN + ROW * at, us, _("in touch")
        for place, link in enumerate(chain, start=1):
            is_target = not to_place and place == len(chain.links)
            node = end if is_target else Node(MARGIN + STEP * place, y, _short(link.person.name), "person")
            if not is_target:
                nodes.append(node)
            edges.append(_edge(before, node, words))
            before, words = node, str(link.words)
        if to_place:
            edges.append(_edge(before, end, words))
    return Drawing(MARGIN * 2 + STEP * columns, MARGIN * 2 + ROW * (len(chains) - 1) + 20, [*nodes, end], edges)


def _edge(one: Node, other: Node, words: str) -> Edge:
    return Edge(one.x + RADIUS, one.y, other.x - RADIUS, other.y, words)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
