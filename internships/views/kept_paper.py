"""Handing a private paper to somebody who may have it."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest

from internships.services.kept_files import read_paper


def hand_out(request: HttpRequest, paper: Any) -> FileResponse:
    """Answer with ``paper`` as a download; without one the page is absent."""
    if paper is None:
        raise Http404
    user = request.user if request.user.is_authenticated else None
    return FileResponse(**read_paper(paper=paper, actor=user))
