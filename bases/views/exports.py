"""The public bases as CSV and JSON, row by row, however many there are."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from bases.enums import BaseState
from bases.selectors.exports import export_rows
from bases.selectors.facets import FACETS
from bases.selectors.public import ORDERS
from wenxi_portal.core.data_download import DataFile, answer_download
from wenxi_portal.core.selection import read_selection
from wenxi_portal.spreadsheets.cells import neutralise


@require_safe
def download(request: HttpRequest, ending: str) -> HttpResponse | StreamingHttpResponse:
    """Stream the bases that the address selects; 304 while no public record has changed."""
    selection = read_selection(request.GET, FACETS, ORDERS).selection
    return answer_download(
        request,
        BASES,
        ending,
        lambda: (_record(request, row) for row in export_rows(selection)),
        parts=(selection.query,),
    )


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
BASES = DataFile("bases", HEADINGS, {"state": dict(BaseState.choices)}, neutralise)
