"""The twelve kinds of base."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bases.models import BaseKind
from bases.selectors.public import kinds_overview
from bases.views.cards import Text
from wenxi_portal.core.bilingual import marked_name
from wenxi_portal.core.page_cache import public_page


@dataclass(frozen=True, slots=True)
class KindEntry:
    """A kind, what it is for, who leads it and how many bases there are."""

    number: int
    name: Text
    purpose: Text
    lead_unit: Text
    lead_unit_inferred: bool
    url: str
    on_file: int
    possible: str


@require_safe
@public_page
def kind_list(request: HttpRequest) -> HttpResponse:
    """Show the kinds in official order."""
    entries = [_entry(kind) for kind in kinds_overview()]
    some_inferred = any(kind.lead_unit_inferred for kind in entries)
    context = {"kinds": entries, "some_inferred": some_inferred, "crumbs": _crumbs()}
    return render(request, "bases/kind/list.html", context)


def _entry(kind: BaseKind) -> KindEntry:
    unit, possible = kind.lead_unit, kind.possible  # type: ignore[attr-defined]
    return KindEntry(
        number=kind.number,
        name=marked_name(kind.name, kind.name_en),
        purpose=marked_name(kind.description, kind.description_en),
        lead_unit=marked_name(unit.name, unit.name_en) if unit else "",
        lead_unit_inferred=kind.lead_unit_inferred,
        url=f"{reverse('bases:list')}?kind={kind.number}",
        on_file=kind.on_file,  # type: ignore[attr-defined]
        possible=_possible(possible),
    )


def _possible(number: int) -> str:
    if not number:
        return ""
    return ngettext("%(number)d more may belong here", "%(number)d more may belong here", number) % {"number": number}


def _crumbs() -> list[tuple[Any, str]]:
    return [(_("Cooperation bases"), reverse("bases:list")), (_("Twelve kinds"), "")]
