"""Students' papers, served only after permission."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from internships.models import StudentPaper
from internships.permissions import can_read_student_paper
from internships.services.student_papers import note_reading
from internships.views.kept_paper import hand_out


@require_safe
def paper(request: HttpRequest, identifier: UUID) -> HttpResponseBase:
    """Send a paper to whoever may read it; absent and forbidden look alike (404)."""
    found = StudentPaper.objects.select_related("student").filter(identifier=identifier).first()
    user: Any = request.user
    if found is None or not can_read_student_paper(user, found):
        raise Http404
    response = hand_out(request, found, noted=False)
    if found.student.user_id != user.pk:
        note_reading(paper=found, actor=user)
    return response
