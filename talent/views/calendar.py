"""An officer's steps as a calendar (RFC 5545) behind a secret that can be taken back."""

from datetime import UTC, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from talent.models import Contact
from talent.selectors.follow_up import feed_steps, owner_of_feed
from wenxi_portal.core.calendar_text import MEDIA_TYPE, calendar_text, escaped
from wenxi_portal.core.masking import mask_name


@require_safe
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with open steps. Names are masked: calendars wander to other machines."""
    user = owner_of_feed(token)
    if user is None:
        raise Http404
    body = calendar_text("follow-up", (_event(request, step) for step in feed_steps(user)))
    response = HttpResponse(body, content_type=MEDIA_TYPE)
    response["X-Robots-Tag"] = "noindex"
    return response


def _event(request: HttpRequest, step: Contact) -> list[str]:
    due = step.next_due or timezone.localdate()
    address = request.build_absolute_uri(reverse("admin:talent_contact_change", args=[step.pk]))
    summary = _("Follow up: %(name)s, %(step)s") % {"name": mask_name(step.person.name), "step": step.next_step}
    return [
        f"UID:step-{step.pk}@{request.get_host().split(':')[0]}",
        f"SEQUENCE:{step.revision}",
        f"DTSTAMP:{step.updated_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(summary)}",
        f"URL:{address}",
    ]
