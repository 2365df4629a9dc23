"""What waits at the officers' desk of applications and profiles."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.models import Application, Student
from wenxi_portal.core.admin.labels import days_words
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.waiting import Line, Waiting


def applying_queues(request: HttpRequest) -> list[Waiting]:
    """Return the queues for the person who is signed in: overdue hosts, profiles to look at."""
    user: Any = request.user
    if not user.has_perm("internships.decide_application"):
        return []
    rows = Application.objects.visible_to(user).select_related("student", "position__host")
    late = rows.waiting_for_host().filter(answer_due_on__lt=timezone.localdate())
    unchecked = Student.objects.visible_to(user).filter(enrolment_checked_on__isnull=True).order_by("created_at")
    applications = reverse("admin:internships_application_changelist")
    return [
        Waiting(
            _("Applications no host has answered"),
            "hourglass_bottom",
            "",
            late,
            f"{applications}?holder=overdue",
            _line,
        ),
        Waiting(
            _("Enrolments to check"),
            "school",
            "",
            unchecked.select_related("university"),
            f"{reverse('admin:internships_student_changelist')}?enrolment=unchecked",
            _line,
        ),
    ]


def _line(row: Any) -> Line:
    if isinstance(row, Student):
        return Line(url=change_url(row), title=row.name, detail=row.school, words="")
    due = row.answer_due_on
    return Line(
        url=change_url(row),
        title=row.student.name,
        detail=f"{row.position.title} · {row.position.host.name}",
        words=days_words(due) if due else "",
        overdue=bool(due and due < timezone.localdate()),
    )
