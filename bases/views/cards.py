"""Cards of bases and universities in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bases.enums import BASE_BADGES, BaseState
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.bilingual import marked_name
from wenxi_portal.core.wording import marked_list, word_list
from wenxi_portal.organisations.places import place_in_english

Text = str | SafeString


@dataclass(frozen=True, slots=True)
class BaseCard:
    """A base as lists show it; what is not on file is named in ``gaps``."""

    url: str
    name: Text
    state: Any
    badge: Badge
    kind: Text
    summary: Text
    universities: Text
    partner: Text
    place: Text
    year: str
    gaps: str


@dataclass(frozen=True, slots=True)
class NearCard:
    """A base as another base's page shows it."""

    url: str
    name: Text
    state: Any
    badge: Badge
    kind: Text
    universities: Text


@dataclass(frozen=True, slots=True)
class UniversityCard:
    """A university as the list shows it."""

    url: str
    name: Text
    where: Text
    is_double_first_class: bool
    bases: int
    agreements: int


def base_card(row: dict[str, Any]) -> BaseCard:
    """Return the card of a row of ``selectors.cards.card_rows``."""
    state = BaseState(row["state"])
    universities = marked_list(marked_name(found["name"], found["name_en"]) for found in row["university_facts"])
    partner = marked_name(row["partner_name"] or "", row["partner_name_en"] or "")
    year = _("%(year)s") % {"year": row["plaque_year"]} if row["plaque_year"] else ""
    return BaseCard(
        url=reverse("bases:detail", args=[row["pk"]]),
        name=marked_name(row["name"], row["name_en"]),
        state=state.label,
        badge=BASE_BADGES[state],
        kind=kind_words(row["kind_name"] or "", row["kind_name_en"] or "", row["possible_kinds"]),
        summary=marked_name(row["summary"], row["summary_en"]),
        universities=universities,
        partner=partner,
        place=place_words(row["place"], row["partner_name"] or "", row["partner_name_en"] or ""),
        year=year,
        gaps=_gaps(universities, partner, row["place"], year),
    )


def near_card(row: dict[str, Any]) -> NearCard:
    """Return the card of a row of ``selectors.cards.near_rows``."""
    state = BaseState(row["state"])
    return NearCard(
        url=reverse("bases:detail", args=[row["pk"]]),
        name=marked_name(row["name"], row["name_en"]),
        state=state.label,
        badge=BASE_BADGES[state],
        kind=kind_words(row["kind_name"] or "", row["kind_name_en"] or "", row["possible_kinds"]),
        universities=marked_list(marked_name(found["name"], found["name_en"]) for found in row["university_facts"]),
    )


def university_card(row: dict[str, Any]) -> UniversityCard:
    """Return the card of a row of ``selectors.universities.university_rows``."""
    return UniversityCard(
        url=reverse("organisations:university_detail", args=[row["pk"]]),
        name=marked_name(row["name"], row["name_en"]),
        where=place_of(row["province"], row["city"]),
        is_double_first_class=bool(row["double_first_class"]),
        bases=row["base_count"],
        agreements=row["agreement_count"],
    )


def kind_words(name: str, name_en: str, possible: Iterable[dict[str, Any]]) -> Text:
    """Return the kind, or “to be settled: A or B” while several are possible."""
    if name:
        return marked_name(name, name_en)
    candidates = [marked_name(found["name"], found["name_en"]) for found in possible]
    if not candidates:
        return _("Kind to be settled")
    either = format_html_join(pgettext("between possible kinds", " or "), "{}", ((one,) for one in candidates))
    return format_html(_("To be settled: {kinds}"), kinds=either)


def place_words(place: str, partner: str, partner_en: str) -> Text:
    """Return the place; a place that is the local partner itself has its English name too."""
    return marked_name(place, partner_en if place == partner else "")


def place_of(province: str, city: str) -> Text:
    """Return province and city in the order of the reader's language; of a municipality only one."""
    chinese = province if not city or city == province else f"{province}{city}"
    return marked_name(chinese, place_in_english(province, city))


def _gaps(universities: Text, partner: Text, place: str, year: str) -> str:
    gaps = {_("university"): universities, _("local partner"): partner, _("place"): place, _("year"): year}
    return word_list(label for label, value in gaps.items() if not value)
