"""The public positions as CSV and JSON."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from internships.enums import Discipline, PositionState, Sector
from internships.selectors.position_facets import FACETS
from internships.selectors.positions import ORDERS, export_rows
from talent.enums import StudyLevel
from wenxi_portal.core.data_download import DataFile, answer_download
from wenxi_portal.core.selection import read_selection
from wenxi_portal.spreadsheets.cells import neutralise


@require_safe
def download(request: HttpRequest, ending: str) -> HttpResponse | StreamingHttpResponse:
    """Stream the positions that the address selects; 304 while no public record has changed and the day is the same."""
    selection = read_selection(request.GET, FACETS, ORDERS).selection
    return answer_download(
        request,
        POSITIONS,
        ending,
        lambda: (_record(request, row) for row in export_rows(selection)),
        parts=(selection.query, timezone.localdate().isoformat()),
    )


def _record(request: HttpRequest, row: dict[str, Any]) -> dict[str, Any]:
    """Return a position as the download describes it. Keys are stable."""
    return {
        "id": row["pk"],
        "url": request.build_absolute_uri(reverse("internships:position", args=[row["pk"]])),
        "title": row["title"],
        "title_en": row["title_en"] or None,
        "state": row["state"],
        "open": row["is_open"],
        "host": row["host_name"],
        "lead_unit": row["lead_unit_name"],
        "kind": row["sector"],
        "levels": row["levels"],
        "fields": row["disciplines"],
        "majors": row["majors"],
        "seats": row["seats"],
        "seats_taken": row["seats_taken"],
        "starts_on": row["starts_on"].isoformat(),
        "ends_on": row["ends_on"].isoformat(),
        "apply_until": row["apply_until"].isoformat(),
        "hours_a_day": float(row["hours_a_day"]),
        "days_a_week": row["days_a_week"],
        "place": row["place"],
        "address": row["address"] or None,
        "latitude": None if row["latitude"] is None else float(row["latitude"]),
        "longitude": None if row["longitude"] is None else float(row["longitude"]),
        "lodging": row["lodging_offered"],
        "meals": row["meals_offered"],
        "transport": row["transport_offered"],
    }


HEADINGS = {
    "id": _("number of the record"),
    "title": _("title"),
    "title_en": _("English title"),
    "state": _("state"),
    "open": _("open for applications"),
    "host": _("host"),
    "lead_unit": _("lead unit"),
    "kind": pgettext_lazy("of a position", "kind"),
    "levels": _("levels"),
    "fields": _("fields of study"),
    "majors": _("majors"),
    "seats": _("seats"),
    "seats_taken": _("seats taken"),
    "starts_on": _("first day"),
    "ends_on": _("last day"),
    "apply_until": _("apply until"),
    "hours_a_day": _("hours a day"),
    "days_a_week": _("days a week"),
    "place": _("place"),
    "address": _("address"),
    "latitude": _("latitude"),
    "longitude": _("longitude"),
    "lodging": _("lodging offered"),
    "meals": _("meals offered"),
    "transport": _("transport offered"),
    "url": _("address of the page"),
}
WORDS: dict[str, dict[str, Any]] = {
    "state": dict(PositionState.choices),
    "kind": dict(Sector.choices),
    "levels": dict(StudyLevel.choices),
    "fields": dict(Discipline.choices),
}
POSITIONS = DataFile("positions", HEADINGS, WORDS, neutralise)
