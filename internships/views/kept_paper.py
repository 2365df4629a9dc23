"""Handing a private paper to somebody who may have it."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest

from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record


def hand_out(request: HttpRequest, paper: Any) -> FileResponse:
    """Answer with ``paper`` as a download and write down who read it; without one the page is absent."""
    if paper is None:
        raise Http404
    user = request.user if request.user.is_authenticated else None
    record(actor=user, verb=Verb.READ_PAPER, subject=paper)
    return FileResponse(
        paper.file.open(), as_attachment=True, filename=f"{paper.title}.{paper.ending}", content_type=paper.media_type
    )
