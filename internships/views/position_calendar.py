"""A position for the reader's own calendar: the last day to apply, and the time of the work."""

from collections.abc import Iterator
from datetime import UTC, date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from internships.models import Position
from internships.views.position_detail import position_or_404
from wenxi_portal.core.bilingual import plain_name
from wenxi_portal.core.calendar_text import MEDIA_TYPE, calendar_text, escaped
from wenxi_portal.core.page_cache import public_page


@require_safe
@public_page
def position_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with two events of whole days (RFC 5545)."""
    position = position_or_404(request, pk)
    response = HttpResponse(calendar_text("position", _events(request, position)), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"wenxi-position-{position.pk}.ics")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _events(request: HttpRequest, position: Position) -> Iterator[list[str]]:
    title = plain_name(position.title, position.title_en)
    until, first, last = position.apply_until, position.starts_on, position.ends_on
    yield _event(request, position, "apply", _("Last day to apply: %(title)s") % {"title": title}, (until, until))
    yield _event(request, position, "work", _("Internship: %(title)s") % {"title": title}, (first, last))


def _event(request: HttpRequest, position: Position, name: str, summary: str, days: tuple[date, date]) -> list[str]:
    host = plain_name(position.host.name, position.host.name_en)
    return [
        f"UID:position-{position.pk}-{name}@{request.get_host().split(':')[0]}",
        f"SEQUENCE:{position.revision}",
        f"DTSTAMP:{position.updated_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{days[0]:%Y%m%d}",
        f"DTEND;VALUE=DATE:{days[1] + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(summary)}",
        f"LOCATION:{escaped(' '.join(filter(None, (host, position.place, position.address))))}",
        f"URL:{request.build_absolute_uri(position.get_absolute_url())}",
    ]
