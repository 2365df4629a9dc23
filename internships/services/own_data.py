"""A student asks to have the own data erased: all of it, or what no duty keeps."""

from django.db import transaction
from django.utils.translation import gettext as _

from internships.enums import CAME_TO_NOTHING
from internships.models import Student, StudentPaper
from internships.selectors.own_data import student_on_file
from internships.services.forgetting import forget_applications, forget_draft, forget_papers, forget_students
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.retention import kinds


def why_kept(student: Student) -> list[str]:
    """Return why the profile of ``student`` cannot be erased now; nothing when it can."""
    own = Student.objects.filter(pk=student.pk)
    return [str(words) for words, held in kinds()["students"].reasons() if own.filter(held).exists()]


@transaction.atomic
def erase_own(*, user: User) -> None:
    """Erase what ``user`` has on file as a student.

    While a duty keeps the profile (``why_kept``), what was typed and never sent, applications that came to nothing and
    papers that were replaced go all the same. Twice is once.
    """
    forget_draft(user.pk)
    found = student_on_file(user)
    if found is None:
        return
    student = lock(found)
    is_whole = not why_kept(student)
    if is_whole:
        forget_students([student.pk])
        student.refresh_from_db()
    else:
        _erase_what_may_go(student)
    record(actor=user, verb=Verb.ERASED, subject=student, reason=_("At the person's own wish"), whole=is_whole)


def _erase_what_may_go(student: Student) -> None:
    closed = student.applications.filter(state__in=CAME_TO_NOTHING, placement__isnull=True)
    forget_applications(closed.values_list("pk", flat=True))
    replaced = StudentPaper.objects.filter(student=student, replaced_by__isnull=False)
    for _words, held in kinds()["student_papers"].reasons():
        replaced = replaced.exclude(held)
    forget_papers(replaced.values_list("pk", flat=True))
