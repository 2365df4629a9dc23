"""The public page of one position, its calendar and its picture."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from internships.models import Position
from internships.querysets import PUBLIC_POSITION_STATES
from internships.selectors.host_record import host_records
from internships.selectors.position_page import readable_position, similar_positions
from internships.views import position_facts, position_words
from internships.views.position_cards import position_card
from wenxi_portal.core.bilingual import marked_lines, marked_name, plain_name
from wenxi_portal.core.page_cache import public_page


@require_safe
@public_page
def position_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a position: to the public once it was on the list, before that to those who work with it."""
    position = position_or_404(request, pk)
    similar = similar_positions(position)
    records = host_records({position.host_id, *(row["host_id"] for row in similar)})
    state, badge = position_words.openness(position.state, position.is_open)  # type: ignore[attr-defined]
    context = {
        "position": position,
        "crumbs": _crumbs(position),
        "title": marked_name(position.title, position.title_en),
        "plain_title": plain_name(position.title, position.title_en),
        "description": _description(position),
        "host": marked_name(position.host.name, position.host.name_en),
        "state": state,
        "badge": badge,
        "is_draft": position.state not in PUBLIC_POSITION_STATES,
        "closed_because": "" if position.is_open else position_words.why_not_open(position),  # type: ignore[attr-defined]
        "band": position_facts.band(position),
        "work": marked_lines(position.work, position.work_en),
        "wanted_story": marked_lines(position.wanted),
        "wanted": position_facts.wanted(position),
        "conditions": position_facts.conditions(position),
        "allowance": position_facts.allowance(position),
        "about_host": position_facts.about_host(position, records.get(position.host_id)),
        "office": _office(position),
        "similar": [position_card(row, records) for row in similar],
        "card_url": request.build_absolute_uri(reverse("internships:position_card", args=[position.pk])),
        "page_url": request.build_absolute_uri(position.get_absolute_url()),
    }
    return render(request, "internships/position/detail.html", context)


def position_or_404(request: HttpRequest, pk: int) -> Position:
    """Return the position that the reader may see; absent and forbidden look alike."""
    position = readable_position(pk, request.user)
    if position is None:
        raise Http404
    return position


def _crumbs(position: Position) -> list[tuple[Any, str]]:
    return [
        (_("Positions"), reverse("internships:position_list")),
        (marked_name(position.title, position.title_en), ""),
    ]


def _description(position: Position) -> str:
    """Return one sentence for search engines and for those to whom the page is sent."""
    return _("%(host)s, %(place)s: %(levels)s, %(period)s") % {
        "host": plain_name(position.host.name, position.host.name_en),
        "place": position.place,
        "levels": strip_tags(position_words.level_words(position.levels)),
        "period": position_words.period_words(position.starts_on, position.ends_on),
    }


def _office(position: Position) -> dict[str, Any]:
    """Return whom to ask: the office the host named, else the lead unit."""
    unit = position.lead_unit
    return {
        "name": marked_name(position.contact_office) or marked_name(unit.name, unit.name_en),
        "phone": position.contact_phone or settings.PORTAL_CONTACT_PHONE,
    }
