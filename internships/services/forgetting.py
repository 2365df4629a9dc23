"""How students and what they handed in are forgotten: when their time is over, or when they ask for it."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from internships.models import (
    Application,
    Feedback,
    Nomination,
    ProfileDraft,
    Student,
    StudentPaper,
    SupportRequest,
    WeeklyNote,
)
from internships.querysets import ERASED
from talent.enums import Sex
from wenxi_portal.core.append_only import erasing

_PROFILE = (
    "document_kind", "id_number", "native_township", "university_name", "major", "discipline", "enrolment_code",
    "emergency_name", "emergency_relation", "emergency_mobile", "skills", "wish", "consent_text",
)  # fmt: skip


@transaction.atomic
def forget_students(students: Iterable[int]) -> int:
    """Erase profiles with papers, letters, nominations and what was written during stays; return how many.

    Rows without a name stay, since stays and claims count on them, with level, university on file and year of birth.
    """
    keys = list(students)
    forget_papers(StudentPaper.objects.filter(student__in=keys).values_list("pk", flat=True))
    forget_applications(Application.objects.filter(student__in=keys).values_list("pk", flat=True))
    _forget_stays(keys)
    for student in Student.objects.select_related("university").filter(pk__in=keys):
        Student.objects.filter(pk=student.pk).update(
            name=_("(erased)"),
            sex=Sex.UNSAID,
            birth_date=student.birth_date.replace(month=1, day=1),
            id_index=f"{ERASED}{student.pk}",
            enrolment_code_until=None,
            person=None,
            **dict.fromkeys(_PROFILE, ""),
            **({} if student.university_id else {"university_name": _("(erased)")}),
        )
    forget_history(Student, keys)
    return len(keys)


def forget_applications(applications: Iterable[int]) -> int:
    """Erase what was written on applications, and the nominations they came from; the dates of their states stay."""
    keys = list(applications)
    forget_nominations(Nomination.objects.filter(application__in=keys).values_list("pk", flat=True))
    Application.papers.through.objects.filter(application__in=keys).delete()
    count = Application.objects.filter(pk__in=keys).update(
        letter="", last_opinion="", available_from=None, available_until=None
    )
    forget_history(Application, keys)
    return count


def forget_nominations(nominations: Iterable[int]) -> int:
    """Erase who was nominated, and the ways of contact."""
    keys = list(nominations)
    count = Nomination.objects.filter(pk__in=keys).update(
        name=_("(erased)"), mobile="", email="", major="", note="", words_next_at=None,
        contact_index=Concat(Value(ERASED), Cast(F("pk"), models.CharField())),
    )  # fmt: skip
    forget_history(Nomination, keys)
    return count


@transaction.atomic
def forget_papers(papers: Iterable[int]) -> int:
    """Delete students' papers; their files go when the transaction has ended well."""
    rows = StudentPaper.objects.filter(pk__in=list(papers))
    files: list[tuple[Any, str]] = [(paper.file.storage, str(paper.file.name)) for paper in rows]
    keys = [paper.pk for paper in rows]
    with erasing():
        StudentPaper.objects.filter(replaces__in=keys).update(replaces=None)
        StudentPaper.objects.filter(pk__in=keys).delete()
    for storage, name in files:
        transaction.on_commit(partial(storage.erase, name))
    return len(keys)


def forget_draft(user: int) -> None:
    """Erase what was typed into a profile that was never completed."""
    ProfileDraft.objects.filter(user=user).delete()


def forget_history(model: type[models.Model], keys: list[int]) -> None:
    """Delete the copies that the field history kept of these rows."""
    event: Any = model._meta.get_field("events").related_model
    event._default_manager.filter(pgh_obj_id__in=keys).delete()


def _forget_stays(students: list[int]) -> None:
    notes = list(WeeklyNote.objects.filter(placement__student__in=students).values_list("pk", flat=True))
    WeeklyNote.objects.filter(pk__in=notes).delete()
    forget_history(WeeklyNote, notes)
    said = Feedback.objects.filter(placement__student__in=students)
    said.update(text="")
    forget_history(Feedback, list(said.values_list("pk", flat=True)))
    asked = SupportRequest.objects.filter(placement__student__in=students)
    asked.update(text=_("(erased)"), satisfaction_note="")
    asked.exclude(answer="").update(answer=_("(erased)"))
    forget_history(SupportRequest, list(asked.values_list("pk", flat=True)))
