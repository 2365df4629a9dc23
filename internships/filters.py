"""The filter panel of the public list of positions, in the reader's language."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from internships.enums import Discipline, Sector
from internships.selectors.position_facets import CLOSED, FACETS, is_past
from internships.selectors.positions import PositionListNumbers
from talent.enums import StudyLevel
from wenxi_portal.core.bilingual import marked_name
from wenxi_portal.core.facets import Bucket
from wenxi_portal.core.list_filters import Group, Label, Option, group, with_chosen
from wenxi_portal.core.selection import Selection
from wenxi_portal.organisations.selectors import names_of

LEGENDS = {
    "sector": pgettext_lazy("of a position", "Kind of work"),
    "level": _("Level studied"),
    "field": _("Field of study"),
    "start": _("First day in"),
    "holiday": _("In the holidays"),
    "lodging": _("Lodging"),
    "transport": _("Transport"),
    "host": _("Host"),
    "place": _("Place"),
    "closed": _("Still open"),
}
OFFERED = pgettext_lazy("filter of positions", "offered")
HOLIDAY_NAMES = {"summer": _("Summer holidays %(year)s"), "winter": _("Winter holidays %(year)s")}
ORDER_LABELS = (
    ("", pgettext_lazy("order of a list", "By deadline")),
    ("newest", pgettext_lazy("order of positions", "Newest first")),
)
_TIMES = frozenset({"start", "holiday"})
_YES = frozenset({"lodging", "transport"})


def groups(selection: Selection, numbers: PositionListNumbers) -> list[Group]:
    """Return the panel's groups; the last one widens the list instead of narrowing it."""
    return [
        group(facet.name, LEGENDS[facet.name], _buckets(facet.name, selection, numbers), selection, _label)
        for facet in FACETS
        if facet != CLOSED
    ] + [_closed(selection)]


def _buckets(name: str, selection: Selection, numbers: PositionListNumbers) -> list[Bucket]:
    chosen = selection.chosen.get(name, ())
    found = with_chosen(numbers.counts.buckets[name], chosen)
    if name in _TIMES:
        found = [bucket for bucket in found if bucket.key in chosen or not is_past(bucket.key)]
    if name in _YES:
        found = [bucket for bucket in found if bucket.key == "true"]
    if name == "host":
        ranked = sorted(found, key=lambda bucket: (-bucket.count, numbers.names.get(bucket.key, ("",))[0]))
        return [Bucket(one.key, one.count, *numbers.names.get(one.key, ("", "", ""))[1:]) for one in ranked]
    return sorted(found, key=_ORDERS.get(name, _by_count))


def _closed(selection: Selection) -> Group:
    option = Option("too", _("show closed ones too"), None, bool(selection.chosen.get("closed")))
    return Group("closed", LEGENDS["closed"], [option], 1)


def _label(name: str, bucket: Bucket) -> Label:
    if name in _CHOICES:
        return _CHOICES[name](bucket.key).label
    if name in _YES:
        return OFFERED
    if name == "start":
        return month_words(bucket.key)
    if name == "holiday":
        year, holiday = bucket.key.split("-")
        return HOLIDAY_NAMES[holiday] % {"year": year}
    if bucket.name:
        return marked_name(bucket.name, bucket.name_en)
    return marked_name(bucket.key) if name == "place" else f"#{bucket.key}"


def chosen_words(selection: Selection) -> Iterator[tuple[str, Label]]:
    """Yield each chosen value with the name of its filter; organisations by the names on file."""
    for name, values in selection.chosen.items():
        named = {str(pk): (own, english) for pk, _key, own, english in names_of(values)} if name == "host" else {}
        for value in values:
            yield name, _label(name, Bucket(value, 0, *named.get(value, ())))


def month_words(value: str) -> str:
    """Return a month such as ``2027-03`` in words."""
    year, month = value.split("-")
    return gettext("%(month)s %(year)s") % {
        "year": year,
        "month": formats.date_format(date(int(year), int(month), 1), "F"),
    }


def _by_count(bucket: Bucket) -> tuple[Any, ...]:
    return -bucket.count, bucket.key


def _by_key(bucket: Bucket) -> tuple[Any, ...]:
    return (bucket.key,)


def _as_declared(values: Sequence[str]) -> Callable[[Bucket], tuple[Any, ...]]:
    return lambda bucket: (values.index(bucket.key),)


_CHOICES: dict[str, Any] = {"sector": Sector, "level": StudyLevel, "field": Discipline}
_ORDERS: dict[str, Callable[[Bucket], tuple[Any, ...]]] = {
    "start": _by_key,
    "holiday": _by_key,
    "level": _as_declared(StudyLevel.values),
    "field": _as_declared(Discipline.values),
}
