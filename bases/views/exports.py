"""The public bases as CSV and JSON, row by row, however many there are."""

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from bases.enums import BaseState
from bases.selectors.exports import export_rows
from bases.selectors.facets import FACETS
from bases.selectors.public import ORDERS
from wenxi_portal.core.content_version import current_content_version
from wenxi_portal.core.page_cache import release
from wenxi_portal.core.selection import Selection, read_selection
from wenxi_portal.spreadsheets.cells import neutralise

BYTE_ORDER_MARK = "\ufeff"
BETWEEN = "; "


class _Line:
    """What csv writes to: hands every line straight back."""

    def write(self, line: str) -> str:
        return line


@require_safe
def download(request: HttpRequest, ending: str) -> HttpResponse | StreamingHttpResponse:
    """Stream the bases that the address selects; 304 while no public record has changed."""
    if ending not in WRITERS:
        raise Http404
    write, media_type = WRITERS[ending]
    selection = read_selection(request.GET, FACETS, ORDERS).selection
    etag = _etag(request, ending, selection)
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or StreamingHttpResponse(
        write(request, export_rows(selection)) if request.method == "GET" else (), content_type=media_type
    )
    response.headers["ETag"] = etag
    response.headers["Content-Disposition"] = content_disposition_header(True, f"wenxi-bases.{ending}")
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _etag(request: HttpRequest, ending: str, selection: Selection) -> str:
    version, language = str(current_content_version()), get_language() or ""
    parts = (release(), version, language, ending, selection.query, request.get_host())
    return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:40]}"'


def _record(request: HttpRequest, row: dict[str, Any]) -> dict[str, Any]:
    """Return a base as the download describes it. Keys are stable; null and empty lists mean “not on file yet”."""
    return {
        "id": row["pk"],
        "url": request.build_absolute_uri(reverse("bases:detail", args=[row["pk"]])),
        "name": row["name"],
        "name_en": row["name_en"] or None,
        "state": row["state"],
        "kind_number": row["kind_number"],
        "kind": row["kind_name"],
        "kind_basis": row["kind_basis"],
        "possible_kinds": [kind["name"] for kind in row["possible_kinds"]],
        "lead_unit": row["lead_unit_name"],
        "lead_unit_inferred": row["lead_unit_inferred"],
        "universities": [university["name"] for university in row["university_facts"]],
        "local_partner": row["partner_name"],
        "place": row["place"] or None,
        "address": row["address"] or None,
        "unveiled_on": row["plaque_on"].isoformat() if row["plaque_on"] else None,
        "unveiled_year": row["plaque_year"],
        "unveiled_note": row["plaque_note"] or None,
        "unveiled_note_en": row["plaque_note_en"] or None,
        "closed_on": row["closed_on"].isoformat() if row["closed_on"] else None,
        "summary": row["summary"] or None,
        "summary_en": row["summary_en"] or None,
        "source": row["source"] or None,
        "source_en": row["source_en"] or None,
    }


def _json(request: HttpRequest, rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield '{"bases": ['
    for at, row in enumerate(rows):
        yield (",\n" if at else "\n") + json.dumps(_record(request, row), ensure_ascii=False)
    yield "\n]}\n"


def _csv(request: HttpRequest, rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Return the lines. Words are looked up now: when the lines are sent the reader's language is no longer active."""
    headings = [str(heading) for heading in HEADINGS.values()]
    states = {state.value: str(state.label) for state in BaseState}
    words = {True: gettext("yes"), False: gettext("no")}
    writer = csv.writer(_Line())

    def lines() -> Iterator[str]:
        yield BYTE_ORDER_MARK + writer.writerow(headings)
        for row in rows:
            record = _record(request, row)
            record["state"] = states[record["state"]]
            yield writer.writerow([_cell(record[key], words) for key in HEADINGS])

    return lines()


def _cell(value: Any, words: dict[bool, str]) -> str:
    if isinstance(value, list):
        return neutralise(BETWEEN.join(value))
    if isinstance(value, bool):
        return words[value]
    return neutralise("" if value is None else str(value))


HEADINGS = {
    "id": _("number of the record"),
    "name": _("name"),
    "name_en": _("English name"),
    "state": _("state"),
    "kind": _("kind"),
    "possible_kinds": _("possible kinds"),
    "lead_unit": _("lead unit"),
    "lead_unit_inferred": _("lead unit is inferred"),
    "universities": _("universities"),
    "local_partner": _("local partner"),
    "place": _("place"),
    "address": _("address"),
    "unveiled_on": _("unveiled on"),
    "unveiled_year": _("year of unveiling"),
    "unveiled_note": _("note on the date"),
    "unveiled_note_en": _("note on the date (English)"),
    "closed_on": _("closed on"),
    "summary": _("summary"),
    "summary_en": _("summary (English)"),
    "source": _("source"),
    "source_en": _("source (English)"),
    "url": _("address of the page"),
}
Writer = Callable[[HttpRequest, Iterable[dict[str, Any]]], Iterator[str]]
WRITERS: dict[str, tuple[Writer, str]] = {
    "csv": (_csv, "text/csv; charset=utf-8"),
    "json": (_json, "application/json; charset=utf-8"),
}
