"""What the filter panel of a list shows: groups of options with counts, chips, and what to loosen."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wenxi_portal.core.facets import UNKNOWN, Bucket, Counts
from wenxi_portal.core.selection import LONGEST_KEYWORD, Reading, Selection

Label = str | Promise
SHOWN = 6

LabelOf = Callable[[str, Bucket], Label]


@dataclass(frozen=True, slots=True)
class Option:
    """A value one can choose; None hides the count."""

    value: str
    label: Label
    count: int | None
    selected: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The options of one facet; ``shown`` are visible before “show all”."""

    name: str
    legend: Label
    options: list[Option]
    shown: int


@dataclass(frozen=True, slots=True)
class Loosened:
    """A filter that one might drop, where that leads, and how many rows it would bring."""

    label: Label
    url: str
    count: int


def group(name: str, legend: Label, buckets: Sequence[Bucket], selection: Selection, label: LabelOf) -> Group:
    """Return a facet's options in the order of ``buckets``, what is not known last."""
    chosen = selection.chosen.get(name, ())
    known = [bucket for bucket in buckets if bucket.key != UNKNOWN]
    unknown = [bucket for bucket in buckets if bucket.key == UNKNOWN]
    options = [Option(found.key, label(name, found), found.count, found.key in chosen) for found in known + unknown]
    last_chosen = max((at for at, option in enumerate(options, 1) if option.selected), default=0)
    return Group(name, legend, options, max(SHOWN, last_chosen) if len(options) > SHOWN + 1 else len(options))


def with_chosen(buckets: Iterable[Bucket], chosen: Iterable[str]) -> list[Bucket]:
    """Return ``buckets`` and, with no row, the chosen values that are not among them."""
    found = list(buckets)
    present = {bucket.key for bucket in found}
    return found + [Bucket(value, 0) for value in chosen if value not in present]


def chips(groups: Iterable[Group], selection: Selection, action: str) -> list[tuple[Label, str]]:
    """Return a pair of label and address without it for each active filter, the keyword first."""
    found: list[tuple[Label, str]] = []
    if selection.keyword:
        found.append((f"“{selection.keyword}”", address(action, selection.without_keyword())))
    for shown in groups:
        found += [
            (_chip_label(shown, option), address(action, selection.without(shown.name, option.value)))
            for option in shown.options
            if option.selected
        ]
    return found


def loosened(
    groups: Iterable[Group], counts: Counts, selection: Selection, action: str, without_keyword: int
) -> list[Loosened]:
    """Return the filters whose dropping brings rows, most rows first."""
    found = [
        Loosened(shown.legend, address(action, selection.without(shown.name)), counts.without.get(shown.name, 0))
        for shown in groups
        if selection.chosen.get(shown.name)
    ]
    if selection.keyword:
        label = f"“{selection.keyword}”"
        found.append(Loosened(label, address(action, selection.without_keyword()), without_keyword))
    return sorted((drop for drop in found if drop.count), key=lambda drop: -drop.count)


def remarks(reading: Reading) -> list[str]:
    """Return a sentence about each part of the address that could not be used."""
    found = []
    if reading.keyword_was_cut:
        found.append(
            ngettext(
                "A keyword may have %(number)d character; only the first was looked for.",
                "A keyword may have %(number)d characters; only the first %(number)d were looked for.",
                LONGEST_KEYWORD,
            )
            % {"number": LONGEST_KEYWORD}
        )
    if reading.ignored:
        values = _("”, “").join(reading.ignored)
        found.append(_("The list has no filter “%(values)s”; it was left out.") % {"values": values})
    return found


def _chip_label(shown: Group, option: Option) -> Label:
    """Return the chosen value; what is not known says of which filter it is."""
    if option.value != UNKNOWN:
        return option.label
    return _("%(filter)s: %(value)s") % {"filter": shown.legend, "value": option.label}


def address(action: str, selection: Selection) -> str:
    """Return the address of the list with a selection."""
    return f"{action}?{selection.query}" if selection.query else action
