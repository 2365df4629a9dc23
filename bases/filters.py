"""The filter panel of the public list of bases, in the reader's language."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bases.enums import BaseState
from bases.selectors.facets import FACETS, OF_ORGANISATIONS
from bases.selectors.public import BaseListNumbers
from wenxi_portal.core.bilingual import marked_name
from wenxi_portal.core.facets import UNKNOWN, Bucket
from wenxi_portal.core.list_filters import Group, Label, group, with_chosen
from wenxi_portal.core.selection import Selection
from wenxi_portal.organisations.selectors import names_of

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
    """Return the panel's groups. Names of chosen organisations that no row has are looked up in one statement."""
    buckets = {name: list(found) for name, found in numbers.counts.buckets.items()}
    buckets["kind"] = _all_kinds(buckets["kind"], numbers)
    names = _missing_names(selection, buckets)
    found = []
    for facet in FACETS:
        values = with_chosen(buckets[facet.name], selection.chosen.get(facet.name, ()), names)
        values.sort(key=_ORDERS.get(facet.name, _most_first))
        found.append(group(facet.name, LEGENDS[facet.name], values, selection, _label))
    return found


def _all_kinds(buckets: Sequence[Bucket], numbers: BaseListNumbers) -> list[Bucket]:
    counted = {bucket.key: bucket.count for bucket in buckets}
    official = [
        Bucket(str(kind["number"]), counted.pop(str(kind["number"]), 0), kind["name"], kind["name_en"])
        for kind in numbers.kinds
    ]
    return official + [Bucket(key, number) for key, number in counted.items()]


def _missing_names(selection: Selection, buckets: dict[str, list[Bucket]]) -> dict[str, Bucket]:
    present = {bucket.key for name in OF_ORGANISATIONS for bucket in buckets[name]}
    chosen = {value for name in OF_ORGANISATIONS for value in selection.chosen.get(name, ())}
    missing = chosen - present - {UNKNOWN}
    if not missing:
        return {}
    return {str(pk): Bucket(str(pk), 0, name, name_en) for pk, name, name_en in names_of(missing)}


def _label(name: str, bucket: Bucket) -> Label:
    if bucket.key == UNKNOWN:
        return TO_BE_SETTLED if name == "kind" else NOT_ON_FILE
    if name == "state":
        return BaseState(bucket.key).label
    if bucket.name:
        return marked_name(bucket.name, bucket.name_en)
    if name == "place":
        return marked_name(bucket.key)
    return bucket.key if name in {"year", "kind"} else f"#{bucket.key}"


def _most_first(bucket: Bucket) -> tuple[int, str]:
    return -bucket.count, ""


_STATES = {state.value: at for at, state in enumerate(BaseState)}
_ORDERS: dict[str, Callable[[Bucket], object]] = {
    "kind": lambda bucket: int(bucket.key) if bucket.key.isdecimal() else 100,
    "state": lambda bucket: _STATES[bucket.key],
    "year": lambda bucket: -int(bucket.key) if bucket.key.isdecimal() else 0,
}
