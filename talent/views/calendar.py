"""An officer's steps as a calendar (RFC 5545) behind a secret that can be taken back."""

from collections.abc import Iterator
from datetime import UTC, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from talent.models import Contact
from talent.selectors.follow_up import feed_steps, owner_of_feed
from wenxi_portal.core.masking import mask_name

LINE_BYTES = 73


@require_safe
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with open steps. Names are masked: calendars wander to other machines."""
    user = owner_of_feed(token)
    if user is None:
        raise Http404
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//wenxi-portal//follow-up//ZH", "CALSCALE:GREGORIAN"]
    for step in feed_steps(user):
        lines += _event(request, step)
    lines.append("END:VCALENDAR")
    body = "".join(f"{part}\r\n" for line in lines for part in _folded(line))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response


def _event(request: HttpRequest, step: Contact) -> list[str]:
    due = step.next_due or timezone.localdate()
    address = request.build_absolute_uri(reverse("admin:talent_contact_change", args=[step.pk]))
    summary = _("Follow up: %(name)s, %(step)s") % {"name": mask_name(step.person.name), "step": step.next_step}
    return [
        "BEGIN:VEVENT",
        f"UID:step-{step.pk}@{request.get_host().split(':')[0]}",
        f"SEQUENCE:{step.revision}",
        f"DTSTAMP:{step.updated_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(summary)}",
        f"URL:{address}",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Fold a line after at most 75 octets, never inside a character."""
    part = ""
    for sign in line:
        if len((part + sign).encode()) > LINE_BYTES:
            yield part
            part = " "
        part += sign
    yield part
