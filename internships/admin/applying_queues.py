"""What waits at the officers' desk of applications and profiles."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.models import Application, Student
from wenxi_portal.core.admin.labels import days_words
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.waiting import Line, Queue

SHOWN = 4


def applying_queues(request: HttpRequest) -> list[Queue]:
    """Return the queues for the person who is signed in: overdue hosts, profiles to look at."""
    user: Any = request.user
    if not user.has_perm("internships.decide_application"):
        return []
    rows = Application.objects.visible_to(user).select_related("student", "position__host")
    late = rows.waiting_for_host().filter(answer_due_on__lt=timezone.localdate())
    unchecked = Student.objects.visible_to(user).filter(enrolment_checked_on__isnull=True).order_by("created_at")
    applications = reverse("admin:internships_application_changelist")
    return [
        _queue(_("Applications no host has answered"), "hourglass_bottom", late, f"{applications}?holder=overdue"),
        _queue(
            _("Enrolments to check"),
            "school",
            unchecked.select_related("university"),
            f"{reverse('admin:internships_student_changelist')}?enrolment=unchecked",
        ),
    ]


def _queue(title: str, icon: str, rows: Any, url: str) -> Queue:
    total = rows.count()
    lines = [_line(row) for row in rows[:SHOWN]] if total else []
    tone = "danger" if any(line.overdue for line in lines) else "warning"
    return Queue(title=title, icon=icon, tone=tone, total=total, url=url, lines=lines)


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
