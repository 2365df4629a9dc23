"""Public notices: the list, one notice with its search, its sheet, and what stays when its period is over."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from internships.subsidies.selectors.notices import (
    calendar_words,
    public_lines,
    public_notice,
    public_notices,
    was_public,
)
from internships.subsidies.services.notice import guarded_file, shown_lines
from wenxi_portal.core.page_cache import public_page
from wenxi_portal.core.pagination import ROWS, page_links, page_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_QUERY = 60


@require_safe
@public_page
def notice_list(request: HttpRequest) -> HttpResponse:
    """Show the notices that are up today."""
    context = {"notices": public_notices(), "crumbs": [(_("Public notices"), "")]}
    return render(request, "subsidies/notice/list.html", context)


@require_safe
@public_page
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """Show a notice that is up, narrowed by what was typed. Afterwards the page says that its period is over."""
    found = public_notice(number)
    if found is None:
        return gone(request, number)
    words = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    lines = public_lines(found, words)
    total = lines.count()
    page = page_of(request, total)
    query = QueryDict(mutable=True)
    if words:
        query["q"] = words
    first = page.start_index() - 1 if total else 0
    context = {
        "notice": found,
        "lines": lines[first : first + ROWS],
        "total": total,
        "words": words,
        "links": page_links(page, query),
        "calendar_words": calendar_words(found),
        "crumbs": [(_("Public notices"), reverse("subsidies:notices")), (found.title, "")],
    }
    return render(request, "subsidies/notice/detail.html", context)


@require_safe
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """Hand out a notice that is up as a workbook in office layout, once more behind the guard."""
    found = public_notice(number)
    if found is None:
        return gone(request, number)
    content = guarded_file(found, shown_lines(found), "xlsx")
    headers = {
        "Content-Disposition": f'attachment; filename="{found.number}.xlsx"',
        "X-Robots-Tag": "noindex",
        "Cache-Control": "private, no-cache",
    }
    return HttpResponse(content, content_type=XLSX, headers=headers)


def gone(request: HttpRequest, number: str) -> HttpResponse:
    """Say that a notice was up and is no longer (410); of one that never was, nothing (404). No name is left."""
    if not was_public(number):
        raise Http404
    context: dict[str, Any] = {"crumbs": [(_("Public notices"), reverse("subsidies:notices")), (_("Over"), "")]}
    return render(request, "subsidies/notice/gone.html", context, status=HTTPStatus.GONE)
