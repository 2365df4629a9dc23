"""Facts of a base in words. What is not known is one quiet “not on file yet”, never a guess."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.translation import gettext as _

from bases.enums import BaseState, KindBasis
from bases.models import Base
from bases.views.cards import Text, kind_words, place_words
from wenxi_portal.core.bilingual import marked_name
from wenxi_portal.core.wording import marked_list, word_list


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with its name and, where it needs one, a note; ``known`` is false for what is not on file."""

    label: str
    value: Text
    note: Text = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Office:
    """Whom to call about a base."""

    name: Text
    phone: str


def band(base: Base) -> list[Fact]:
    """Return the four facts that matter: kind, lead unit, who works together, since when."""
    return [_kind(base), _lead_unit(base), _universities(base), _unveiled(base)]


def rows(base: Base) -> list[Fact]:
    """Return the further facts that are on file: partner, place, address, closing, source."""
    partner = base.local_partner
    closed_on = formats.date_format(base.closed_on) if base.closed_on else ""
    found = [
        Fact(
            _("Local partner"),
            marked_name(partner.name, partner.name_en),
            marked_name(partner.name_note, partner.name_note_en),
        )
        if partner
        else None,
        Fact(
            _("Place"), place_words(base.place, partner.name, partner.name_en) if partner else marked_name(base.place)
        ),
        Fact(_("Address"), marked_name(base.address)),
        Fact(_("Closed on"), closed_on),
        Fact(_("Source"), marked_name(base.source, base.source_en)),
    ]
    return [fact for fact in found if fact and fact.value]


def gaps(base: Base) -> str:
    """Return in one line what is not on file beside the four facts, which say it themselves."""
    missing = {_("local partner"): base.local_partner, _("place"): base.place, _("story"): base.story or base.summary}
    return word_list(label for label, value in missing.items() if not value)


def moves(base: Base) -> list[dict[str, Any]]:
    """Return the base's way for the public: dates and states, without names and reasons."""
    if base.state == BaseState.PLANNED:
        return []
    unveiled = _unveiled(base)
    found: list[dict[str, Any]] = []
    if base.plaque_year or base.plaque_note:
        found.append({"title": BaseState.UNVEILED.label, "at": base.plaque_on, "when": unveiled.value})
    found += [_move(move) for move in base.moves if _is_public(move)]  # type: ignore[attr-defined]
    if base.closed_on:
        found.append({"title": BaseState.CLOSED.label, "at": base.closed_on})
    if found:
        found[-1]["phase"] = "now"
    return found


def office(base: Base) -> Office:
    """Return whom to call: the base's own office, else its lead unit, else the portal's organiser."""
    unit = base.lead_unit
    organiser = marked_name(settings.PORTAL_ORGANISER, settings.PORTAL_ORGANISER_EN)
    name = marked_name(base.contact_office) or (marked_name(unit.name, unit.name_en) if unit else organiser)
    return Office(name, base.contact_phone or settings.PORTAL_CONTACT_PHONE)


def _is_public(move: dict[str, Any]) -> bool:
    """Tell whether a move is shown as recorded: the first unveiling and the closing have dates of their own."""
    first_unveiling = move["came"] == BaseState.PLANNED
    return bool(move["came"]) and not first_unveiling and move["went"] != BaseState.CLOSED


def _move(move: dict[str, Any]) -> dict[str, Any]:
    state = BaseState(move["went"])
    title = _("Reopened") if state == BaseState.UNVEILED else state.label
    return {"title": title, "at": timezone.localdate(parse_datetime(move["at"]))}


def _fact(label: str, value: Text, note: Text = "") -> Fact:
    return Fact(label, value, note) if value else Fact(label, _("not on file yet"), known=False)


def _kind(base: Base) -> Fact:
    label = _("Kind")
    if base.kind is None:
        words = kind_words("", "", base.possible_kinds)  # type: ignore[attr-defined]
        return Fact(label, words, _("The source allows more than one of the twelve kinds."))
    url = f"{reverse('bases:list')}?kind={base.kind.number}"
    name = format_html('<a href="{}">{}</a>', url, marked_name(base.kind.name, base.kind.name_en))
    inferred = base.kind_basis == KindBasis.INFERRED
    return Fact(label, name, _("Inferred from what the base does") if inferred else "")


def _lead_unit(base: Base) -> Fact:
    unit = base.lead_unit
    if unit is None:
        return _fact(_("Lead unit"), "")
    note = _("Inferred; the county has not published it") if base.lead_unit_inferred else ""
    return Fact(_("Lead unit"), marked_name(unit.name, unit.name_en), note)


def _universities(base: Base) -> Fact:
    found = base.university_facts  # type: ignore[attr-defined]
    links = marked_list(
        format_html(
            '<a href="{}">{}</a>{}',
            reverse("organisations:university_detail", args=[university["id"]]),
            marked_name(university["name"], university["name_en"]),
            _in_brackets(university["note"]),
        )
        for university in found
    )
    return _fact(_("University"), links)


def _in_brackets(note: str) -> Text:
    return format_html(_(" ({note})"), note=marked_name(note)) if note else ""


def _unveiled(base: Base) -> Fact:
    label = _("Unveiled on")
    if base.plaque_on:
        return Fact(label, formats.date_format(base.plaque_on))
    note = marked_name(base.plaque_note, base.plaque_note_en)
    if base.plaque_year:
        year = _("%(year)s") % {"year": base.plaque_year}
        return Fact(label, year, note or _("The day is not on file yet"))
    return Fact(label, note) if note else _fact(label, "")
