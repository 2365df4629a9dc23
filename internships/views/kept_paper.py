"""Handing a private paper to somebody who may have it."""

from django.http import FileResponse, Http404, HttpRequest

from internships.models.kept_file import KeptFile
from internships.services.kept_files import read_paper


def hand_out(request: HttpRequest, paper: KeptFile | None, *, noted: bool = True) -> FileResponse:
    """Answer with ``paper`` as a download that nobody keeps on the way; without one, or its file, the page is absent.

    Who read it is written down unless the caller says that it was the paper's owner or writes it down itself.
    """
    if paper is None:
        raise Http404
    user = request.user if request.user.is_authenticated else None
    try:
        response = FileResponse(**read_paper(paper=paper, actor=user, noted=noted))
    except FileNotFoundError:
        raise Http404 from None
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response
