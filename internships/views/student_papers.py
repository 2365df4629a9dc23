"""Students' papers, served only after permission."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from internships.models import StudentPaper
from internships.permissions import can_read_student_paper
from internships.services.student_papers import note_reading


@require_safe
def paper(request: HttpRequest, identifier: UUID) -> HttpResponseBase:
    """Send a paper to whoever may read it; absent and forbidden look alike (404)."""
    found = StudentPaper.objects.select_related("student").filter(identifier=identifier).first()
    user: Any = request.user
    if found is None or not can_read_student_paper(user, found):
        raise Http404
    try:
        file = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    if found.student.user_id != user.pk:
        note_reading(paper=found, actor=user)
    response = FileResponse(file, content_type=found.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{found.title}.{found.ending}")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response
