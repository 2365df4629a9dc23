"""The public pages of universities."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bases.selectors import base_page, universities
from bases.views.agreements import agreement_entries
from bases.views.base_facts import Fact
from bases.views.cards import base_card, place_of, university_card
from wenxi_portal.core.bilingual import marked_lines, marked_name, plain_name
from wenxi_portal.core.facets import UNKNOWN, Bucket, Counts
from wenxi_portal.core.list_filters import Group, Label, chips, group, loosened, remarks, with_chosen
from wenxi_portal.core.page_cache import public_page
from wenxi_portal.core.pagination import ROWS, page_links, page_of
from wenxi_portal.core.selection import Selection, read_selection
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.places import place_in_english

LEGENDS = {"province": gettext_lazy("Province"), "double": gettext_lazy("Double First-Class")}
ANSWERS = {"true": gettext_lazy("Double First-Class"), "false": gettext_lazy("other universities")}


@require_safe
@public_page
def university_list(request: HttpRequest) -> HttpResponse:
    """Show the universities, narrowed and counted by what the address chooses."""
    reading = read_selection(request.GET, universities.FACETS)
    selection, action = reading.selection, reverse("organisations:university_list")
    counts = universities.university_counts(selection)
    groups = _groups(selection, counts)
    page = page_of(request, counts.total)
    rows = universities.university_rows(selection, page.start_index() - 1, ROWS) if counts.total else []
    context = {
        "action": action,
        "crumbs": [(_("Universities"), "")],
        "selection": selection,
        "groups": groups,
        "chips": chips(groups, selection, action),
        "clear_url": action,
        "remarks": remarks(reading),
        "total": counts.total,
        "cards": [university_card(row) for row in rows],
        "links": page_links(page, QueryDict(selection.query)),
    }
    if not rows:
        without = universities.count_without_keyword(selection) if selection.keyword else 0
        context["loosen"] = loosened(groups, counts, selection, action, without)
    return render(request, "organisations/university/list.html", context)


@require_safe
@public_page
def university_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a university, its bases and its public agreements."""
    university = universities.public_university(pk)
    if university is None:
        raise Http404
    shown = universities.AGREEMENTS_SHOWN
    agreements = list(base_page.public_agreements(universities.agreements_of(university))[: shown + 1])
    context = {
        "university": university,
        "name": marked_name(university.name, university.name_en),
        "plain_name": plain_name(university.name, university.name_en),
        "crumbs": _crumbs(university),
        "facts": _facts(university),
        "introduction": marked_lines(university.introduction, university.introduction_en),
        "cards": [base_card(row) for row in universities.bases_of(university)],
        "list_url": f"{reverse('bases:list')}?university={university.pk}",
        "agreements": agreement_entries(agreements[:shown]),
        "shown": shown if len(agreements) > shown else 0,
    }
    return render(request, "organisations/university/detail.html", context)


def _groups(selection: Selection, counts: Counts) -> list[Group]:
    found = []
    for facet in universities.FACETS:
        values = with_chosen(counts.buckets[facet.name], selection.chosen.get(facet.name, ()))
        values.sort(key=lambda bucket: -bucket.count)
        found.append(group(facet.name, LEGENDS[facet.name], values, selection, _label))
    return found


def _label(name: str, bucket: Bucket) -> Label:
    if bucket.key == UNKNOWN:
        return _("not on file yet")
    return ANSWERS[bucket.key] if name == "double" else marked_name(bucket.key, place_in_english(bucket.key))


def _crumbs(university: Organisation) -> list[tuple[Any, str]]:
    return [
        (_("Universities"), reverse("organisations:university_list")),
        (marked_name(university.name, university.name_en), ""),
    ]


def _facts(university: Organisation) -> list[Fact]:
    found = [
        Fact(_("Place"), place_of(university.province, university.city)),
        Fact(_("School code"), university.school_code or ""),
        Fact(_("Bases"), str(university.base_count) if university.base_count else ""),  # type: ignore[attr-defined]
        Fact(_("Note on the name"), marked_name(university.name_note, university.name_note_en)),
        Fact(_("Source"), marked_name(university.source)),
    ]
    return [fact for fact in found if fact.value]
