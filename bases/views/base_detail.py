"""The public page of one base."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bases.enums import BaseState
from bases.models import Base
from bases.selectors import base_page
from bases.views import base_facts
from bases.views.agreements import agreement_entries
from bases.views.cards import near_card
from bases.views.papers import paper_entries
from wenxi_portal.core.bilingual import marked_lines, marked_name, plain_name
from wenxi_portal.core.page_cache import public_page


@require_safe
@public_page
def base_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a base: to the public once it was unveiled, before that to those who work with it."""
    base = base_page.readable_base(pk, request.user)
    if base is None:
        raise Http404
    agreements = list(base_page.public_agreements(base_page.agreements_of_base(base)))
    context = {
        "base": base,
        "name": marked_name(base.name, base.name_en),
        "summary": marked_name(base.summary, base.summary_en),
        "story": marked_lines(base.story),
        "description": plain_name(base.summary, base.summary_en) or plain_name(base.name, base.name_en),
        "plain_name": plain_name(base.name, base.name_en),
        "is_draft": base.state == BaseState.PLANNED,
        "crumbs": _crumbs(base),
        "band": base_facts.band(base),
        "rows": base_facts.rows(base),
        "gaps": base_facts.gaps(base),
        "moves": base_facts.moves(base),
        "office": base_facts.office(base),
        "agreements": agreement_entries(agreements),
        "papers": paper_entries(base_page.public_papers(base, agreements)),
        "near": [near_card(row) for row in base_page.bases_near(base)],
        "near_url": _near_url(base),
    }
    return render(request, "bases/base/detail.html", context)


def _crumbs(base: Base) -> list[tuple[Any, str]]:
    return [(_("Cooperation bases"), reverse("bases:list")), (marked_name(base.name, base.name_en), "")]


def _near_url(base: Base) -> str:
    if base.kind is None:
        return ""
    return f"{reverse('bases:list')}?kind={base.kind.number}"
