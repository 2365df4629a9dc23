"""Private papers, served only after permission."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from bases.models import Document
from bases.permissions import can_read_document
from bases.services.reading import note_reading
from bases.views.cards import Text
from wenxi_portal.core.bilingual import marked_name


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """A paper with its address, sort and size."""

    title: Text
    url: str
    kind: Any
    size: str


def paper_entries(papers: Iterable[Document]) -> list[PaperEntry]:
    """Return the entries of papers the reader may open."""
    return [
        PaperEntry(
            title=marked_name(paper.title),
            url=reverse("bases:document", args=[paper.identifier]),
            kind=f"{paper.ending.upper()}",
            size=filesizeformat(paper.size),
        )
        for paper in papers
    ]


@require_safe
def document(request: HttpRequest, identifier: UUID) -> HttpResponseBase:
    """Send a paper to whoever may read it; absent and forbidden look alike (404)."""
    paper = Document.objects.select_related("base", "agreement").filter(identifier=identifier).first()
    if paper is None or not can_read_document(request.user, paper):
        raise Http404
    is_public = Document.objects.public().filter(pk=paper.pk).exists()
    try:
        file = paper.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    if not is_public:
        note_reading(document=paper, actor=request.user)
    response = FileResponse(file, content_type=paper.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{paper.title}.{paper.ending}")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-cache" if is_public else "private, no-store"
    return response
