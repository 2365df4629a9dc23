"""What the room has on file about a student, for the student's own copy."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from internships.models import Student, SupportRequest
from internships.selectors.nominations import nominations_for
from internships.selectors.profile import draft_of
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.own_data import Part
from wenxi_portal.core.masking import mask_id_number, mask_mobile, mask_number

_PLAIN = (
    "name", "birth_date", "native_township", "major", "enrolled_on", "graduates_on", "enrolment_code_until",
    "enrolment_checked_on", "emergency_name", "emergency_relation", "skills", "wish", "consent_on", "consent_text",
)  # fmt: skip
_MASKS = {
    "id_number": mask_id_number,
    "mobile": mask_mobile,
    "emergency_mobile": mask_mobile,
    "enrolment_code": mask_number,
}
Rows = list[tuple[str, Any]]


def student_on_file(user: User) -> Student | None:
    """Return the profile of ``user``, unless there is none or it was erased."""
    found: Student | None = Student.objects.with_profile().select_related("university").filter(user=user).first()
    return found


def own_parts(user: User) -> list[Part]:
    """Return profile, papers, applications, stays and requests of ``user``. Numbers stay masked: their owner knows."""
    parts = [Part(_("Profile begun for internships"), _draft(user)), Part(_("Nominations"), _nominations(user))]
    student = student_on_file(user)
    if student is None:
        return parts
    return [
        Part(_("Profile for internships"), _profile(student), reverse("my_internships:profile")),
        Part(_("Papers for internships"), _papers(student)),
        Part(_("Applications for internships"), _applications(student)),
        Part(_("Stays"), _stays(student)),
        Part(_("What you wrote during stays"), _written(student)),
        *parts,
    ]


def label_of(model: Any, name: str) -> str:
    """Return what the column ``name`` is called; a name that is no column is told as it is."""
    known = {field.name: field for field in model._meta.get_fields()}
    return str(getattr(known.get(name), "verbose_name", name))


def _draft(user: User) -> Rows:
    typed = [(name, value) for step in draft_of(user).values() for name, value in step.items()]
    mask = {name: _MASKS.get(name, str) for name, _value in typed}
    return [(label_of(Student, name), mask[name](str(value))) for name, value in typed if value not in ("", None)]


def _profile(student: Student) -> Rows:
    rows: Rows = [(label_of(Student, name), getattr(student, name)) for name in _PLAIN]
    shown = {
        "sex": student.get_sex_display(),
        "document_kind": student.get_document_kind_display(),
        "id_number": student.masked_id,
        "university": student.school,
        "level": student.get_level_display(),
        "discipline": student.get_discipline_display(),
        "enrolment_code": mask_number(student.enrolment_code),
        "emergency_mobile": student.masked_emergency_mobile,
    }
    rows += [(label_of(Student, name), value) for name, value in shown.items()]
    return [(label, value) for label, value in rows if value not in ("", None)]


def _papers(student: Student) -> Rows:
    return [(paper.get_kind_display(), f"{paper.title} {_day(paper.uploaded_at)}") for paper in student.papers.all()]


def _applications(student: Student) -> Rows:
    rows: Rows = []
    for one in student.applications.select_related("position__host"):
        heading = f"{one.position.title} – {one.position.host}"
        sent = _day(one.submitted_at) if one.submitted_at else ""
        rows.append((heading, " ".join(filter(None, (str(one.get_state_display()), sent, one.letter)))))
    return rows


def _nominations(user: User) -> Rows:
    return [(str(one.position), f"{one.university} {one.name}") for one in nominations_for(user)]


def _stays(student: Student) -> Rows:
    rows: Rows = []
    for stay in student.placements.select_related("position", "host").prefetch_related("certificates"):
        heading = f"{stay.position.title} – {stay.host}"
        rows.append((heading, f"{stay.starts_on} – {stay.ends_on} {stay.get_state_display()}"))
        rows += [(heading, f"{one._meta.verbose_name} {one.number}") for one in stay.certificates.all()]
        months = stay.attendance_sheets.order_by("month", "version")
        days = [f"{date_format(sheet.month, 'YEAR_MONTH_FORMAT')}: {sheet.half_days / 2:g}" for sheet in months]
        if days:
            attended = _("days of attendance")
            rows.append((f"{heading}, {attended}", pgettext("between names", ", ").join(days)))
    return rows


def _written(student: Student) -> Rows:
    rows: Rows = []
    for stay in student.placements.all():
        rows += [(f"{note._meta.verbose_name} {note.week}", note.text) for note in stay.weekly_notes.all()]
        feedback = getattr(stay, "feedback", None)
        if feedback is not None and feedback.text:
            rows.append((str(feedback._meta.verbose_name), feedback.text))
    for request in SupportRequest.objects.filter(placement__student=student):
        rows.append((f"{request.get_kind_display()} {_day(request.created_at)}", f"{request.text} {request.answer}"))
    return rows


def _day(at: Any) -> str:
    return timezone.localdate(at).isoformat()
