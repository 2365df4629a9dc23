"""The public bases as CSV and JSON, row by row, however many there are."""

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header
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
    parts = (release(), str(current_content_version()), ending, selection.query, request.get_host())
    return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:40]}"'


def _record(request: HttpRequest, row: dict[str, Any]) -> dict[str, Any]:
    """Return a base as the download describes it. Keys are stable; null and empty lists mean “not on file yet”."""
    return {
        "id": row["pk"],
        "url": request.build_absolute_uri(reverse("bases:detail", args=[row["pk"]])),
        "name": row["name"],
        "name_en": row["name_en"] or None,
        "state": row["state"],
        "state_zh": _state_in_chinese(row["state"]),
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
        "closed_on": row["closed_on"].isoformat() if row["closed_on"] else None,
        "summary": row["summary"] or None,
        "source": row["source"] or None,
    }


def _json(request: HttpRequest, rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield '{"bases": ['
    for at, row in enumerate(rows):
        yield (",\n" if at else "\n") + json.dumps(_record(request, row), ensure_ascii=False)
    yield "\n]}\n"


def _csv(request: HttpRequest, rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + writer.writerow(HEADINGS.values())
    for row in rows:
        record = _record(request, row)
        yield writer.writerow([_cell(record[key]) for key in HEADINGS])


@cache
def _state_in_chinese(state: str) -> str:
    with translation.override("zh-hans"):
        return str(BaseState(state).label)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return neutralise(BETWEEN.join(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return neutralise("" if value is None else str(value))


# A data file reads the same in every language, so that two downloads can be compared.
HEADINGS = {
    "id": "编号",
    "name": "基地名称",
    "name_en": "英文名称",
    "state_zh": "状态",
    "kind": "基地类型",
    "possible_kinds": "待核定类型",
    "lead_unit": "牵头单位",
    "lead_unit_inferred": "牵头单位为推定",
    "universities": "合作高校",
    "local_partner": "本地合作方",
    "place": "所在地",
    "address": "地址",
    "unveiled_on": "授牌日期",
    "unveiled_year": "授牌年份",
    "unveiled_note": "日期说明",
    "closed_on": "撤销日期",
    "summary": "简介",
    "source": "来源",
    "url": "网址",
}
Writer = Callable[[HttpRequest, Iterable[dict[str, Any]]], Iterator[str]]
WRITERS: dict[str, tuple[Writer, str]] = {
    "csv": (_csv, "text/csv; charset=utf-8"),
    "json": (_json, "application/json; charset=utf-8"),
}
