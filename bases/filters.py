"""The filter panel of the public list of bases, in the reader's language."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bases.enums import BaseState
from bases.selectors.facets import FACETS, OF_ORGANISATIONS
from bases.selectors.public import BaseListNumbers
from wenxi_portal.core.bilingual import marked_name
from wenxi_portal.core.facets import UNKNOWN, Bucket
from wenxi_portal.core.list_filters import Group, Label, group, with_chosen
from wenxi_portal.core.selection import Selection

LEGENDS = {
    "kind": _("Kind of base"),
    "university": _("University"),
    "lead": _("Lead unit"),
    "state": _("State"),
    "year": _("Year of unveiling"),
    "place": _("Place"),
    "partner": _("Local partner"),
}
NOT_ON_FILE = _("not on file yet")
TO_BE_SETTLED = _("kind to be settled")
ORDER_LABELS = (("", pgettext_lazy("order of a list", "By name")), ("newest", _("Newest first")))


def groups(selection: Selection, numbers: BaseListNumbers) -> list[Group]:
    """Return the panel's groups."""
    buckets = {facet.name: _with_chosen(facet.name, numbers, selection) for facet in FACETS}
    buckets["kind"] = _all_kinds(numbers)
    for name in OF_ORGANISATIONS:
        buckets[name] = _named(buckets[name], numbers.names)
    for name, order in _ORDERS.items():
        buckets[name].sort(key=order)
    return [group(facet.name, LEGENDS[facet.name], buckets[facet.name], selection, _label) for facet in FACETS]


def _with_chosen(name: str, numbers: BaseListNumbers, selection: Selection) -> list[Bucket]:
    return with_chosen(numbers.counts.buckets[name], selection.chosen.get(name, ()))


def _all_kinds(numbers: BaseListNumbers) -> list[Bucket]:
    """Return all kinds in official order, those without bases too."""
    counted = {bucket.key: bucket.count for bucket in numbers.counts.buckets["kind"]}
    found = [
        Bucket(str(kind["number"]), counted.get(str(kind["pk"]), 0), kind["name"], kind["name_en"])
        for kind in numbers.kinds
    ]
    return [*found, Bucket(UNKNOWN, counted[UNKNOWN])] if UNKNOWN in counted else found


def _named(buckets: Sequence[Bucket], names: dict[str, tuple[str, str, str]]) -> list[Bucket]:
    """Return the organisations with most bases first, equal ones by pinyin."""
    ranked = sorted(buckets, key=lambda bucket: (-bucket.count, names.get(bucket.key, ("",))[0]))
    return [Bucket(bucket.key, bucket.count, *names.get(bucket.key, ("", "", ""))[1:]) for bucket in ranked]


def _label(name: str, bucket: Bucket) -> Label:
    if bucket.key == UNKNOWN:
        return TO_BE_SETTLED if name == "kind" else NOT_ON_FILE
    if name == "year":
        return gettext("%(year)s") % {"year": bucket.key}
    if name == "state":
        return BaseState(bucket.key).label
    if bucket.name:
        return marked_name(bucket.name, bucket.name_en)
    if name == "place":
        return marked_name(bucket.key)
    return f"#{bucket.key}"


_STATES = {state.value: at for at, state in enumerate(BaseState)}
_ORDERS: dict[str, Callable[[Bucket], int]] = {
    "state": lambda bucket: _STATES[bucket.key],
    "year": lambda bucket: -int(bucket.key) if bucket.key.isdecimal() else 0,
}
