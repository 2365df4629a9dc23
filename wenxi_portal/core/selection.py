"""What a reader has chosen on a list, as it stands in the address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.datastructures import MultiValueDict

from wenxi_portal.core.facets import Facet

LONGEST_KEYWORD = 80
MOST_VALUES = 20


@dataclass(frozen=True, slots=True)
class Selection:
    """Chosen values by facet, keyword and order. Two equal selections show the same list."""

    chosen: Mapping[str, tuple[str, ...]]
    keyword: str = ""
    order: str = ""

    @property
    def query(self) -> str:
        """The query string that brings one back to this selection, always in the same order."""
        pairs = [(name, value) for name, values in self.chosen.items() for value in values]
        pairs += [("q", self.keyword)] if self.keyword else []
        pairs += [("sort", self.order)] if self.order else []
        return urlencode(pairs)

    @property
    def narrows(self) -> bool:
        """Tell whether anything is chosen that leaves rows out."""
        return bool(self.chosen or self.keyword)

    def without(self, name: str, value: str | None = None) -> "Selection":
        """Return the selection without one value of a facet, or without the whole facet."""
        left = tuple(kept for kept in self.chosen.get(name, ()) if value is not None and kept != value)
        chosen = {**self.chosen, name: left}
        return replace(self, chosen={key: values for key, values in chosen.items() if values})

    def without_keyword(self) -> "Selection":
        """Return the selection without its keyword."""
        return replace(self, keyword="")


@dataclass(frozen=True, slots=True)
class Reading:
    """A selection read from an address, with what could not be used."""

    selection: Selection
    ignored: tuple[str, ...] = ()
    keyword_was_cut: bool = False


def read_selection(query: "MultiValueDict[str, str]", facets: Sequence[Facet], orders: Iterable[str] = ()) -> Reading:
    """Read a selection. Values no facet understands are left out and named in ``ignored``, a long keyword is cut."""
    chosen: dict[str, tuple[str, ...]] = {}
    ignored: list[str] = []
    for facet in facets:
        asked = [value.strip() for value in query.getlist(facet.name) if value.strip()]
        cleaned = [(value, facet.clean(value)) for value in asked]
        ignored += [value for value, usable in cleaned if not usable]
        usable = tuple(sorted({usable for _value, usable in cleaned if usable}))
        ignored += usable[MOST_VALUES:]
        if usable:
            chosen[facet.name] = usable[:MOST_VALUES]
    keyword = " ".join(query.get("q", "").split())
    order = query.get("sort", "")
    if order and order not in orders:
        ignored.append(order)
        order = ""
    selection = Selection(chosen, keyword[:LONGEST_KEYWORD].strip(), order)
    shown = tuple(dict.fromkeys(value[:40] for value in ignored))
    return Reading(selection, shown[:MOST_VALUES], len(keyword) > LONGEST_KEYWORD)
