"""Public rows as CSV and JSON, row by row, however many there are."""

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext

from wenxi_portal.core.content_version import current_content_version
from wenxi_portal.core.page_cache import release

BYTE_ORDER_MARK = "\ufeff"
BETWEEN = "; "
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DataFile:
    """What a download holds: ``name`` stands in the file name and around the JSON rows.

    ``headings`` gives the columns of the CSV file by the keys of the records; ``words`` the words in place of the fixed
    values of a key; ``cell`` makes a text harmless in a spreadsheet.
    """

    name: str
    headings: Mapping[str, str | Promise]
    words: Mapping[str, Mapping[str, Any]]
    cell: Callable[[str], str]


class _Line:
    """What csv writes to: hands every line straight back."""

    def write(self, line: str) -> str:
        return line


def answer_download(
    request: HttpRequest,
    data: DataFile,
    ending: str,
    records: Callable[[], Iterable[Record]],
    *,
    parts: tuple[str, ...],
) -> HttpResponse | StreamingHttpResponse:
    """Stream ``records``; 304 while no public record has changed. ``parts`` is what else the rows depend on."""
    if ending not in MEDIA_TYPES:
        raise Http404
    etag = _etag(request, ending, parts)
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or StreamingHttpResponse(
        _lines(data, ending, records) if request.method == "GET" else (), content_type=MEDIA_TYPES[ending]
    )
    response.headers["ETag"] = etag
    response.headers["Content-Disposition"] = content_disposition_header(True, f"wenxi-{data.name}.{ending}")
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _etag(request: HttpRequest, ending: str, parts: tuple[str, ...]) -> str:
    version, language = str(current_content_version()), get_language() or ""
    known = (release(), version, language, ending, *parts, request.get_host())
    return f'"{hashlib.sha256(chr(0).join(known).encode()).hexdigest()[:40]}"'


def _lines(data: DataFile, ending: str, records: Callable[[], Iterable[Record]]) -> Iterator[str]:
    return _csv(data, records()) if ending == "csv" else _json(data, records())


def _json(data: DataFile, records: Iterable[Record]) -> Iterator[str]:
    yield f'{{"{data.name}": ['
    for at, record in enumerate(records):
        yield (",\n" if at else "\n") + json.dumps(record, ensure_ascii=False)
    yield "\n]}\n"


def _csv(data: DataFile, records: Iterable[Record]) -> Iterator[str]:
    """Return the lines. Words are looked up now: when the lines are sent the reader's language is no longer active."""
    headings = [str(heading) for heading in data.headings.values()]
    words = {key: {value: str(word) for value, word in known.items()} for key, known in data.words.items()}
    yes_no = {True: gettext("yes"), False: gettext("no")}
    writer = csv.writer(_Line())

    def text(key: str, value: Any) -> str:
        if isinstance(value, bool):
            return yes_no[value]
        values = value if isinstance(value, list) else ["" if value is None else str(value)]
        return data.cell(BETWEEN.join(words.get(key, {}).get(one, one) for one in values))

    def lines() -> Iterator[str]:
        yield BYTE_ORDER_MARK + writer.writerow(headings)
        for record in records:
            yield writer.writerow([text(key, record[key]) for key in data.headings])

    return lines()
