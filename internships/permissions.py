"""Who may do what with positions, applications and stays in the admin. Hosts and students work in their own pages."""

from typing import Any

from internships.models import Application, Student, StudentPaper
from wenxi_portal.accounts.enums import Role

_SEEN = (
    "position", "student", "studentpaper", "application", "nomination", "placement", "stayevent", "stayagreement",
    "insurance", "attendancesheet", "attendanceobjection", "appraisal", "feedback", "certificate", "lodging", "bed",
    "bedstay", "shuttlerun", "shuttleseat", "supportrequest", "servicerequest", "carevisit", "groupactivity",
    "activitysignup",
)  # fmt: skip
_KEPT = (
    "position", "application", "placement", "stayagreement", "insurance", "attendancesheet", "certificate", "lodging",
    "bed", "bedstay", "shuttlerun", "shuttleseat", "supportrequest", "servicerequest", "carevisit", "groupactivity",
    "activitysignup",
)  # fmt: skip
_VERBS = {
    "internships.move_position",
    "internships.decide_application",
    "internships.move_placement",
    "internships.confirm_attendancesheet",
    "internships.move_supportrequest",
    "internships.move_servicerequest",
    "internships.move_groupactivity",
}

VIEW = {f"internships.view_{name}" for name in _SEEN}
WORK = (VIEW | {f"internships.{verb}_{name}" for verb in ("add", "change") for name in _KEPT} | _VERBS) | {
    "internships.reveal_student"
}

ROLE_PERMISSIONS = {
    Role.ORGANIZATION_DEPARTMENT: WORK | {"internships.add_nomination"},
    Role.LEAD_UNIT_OFFICER: WORK,
    Role.AUDITOR: VIEW,
    # Brings in sheets of nominations on the university's own pages; the admin stays closed.
    Role.UNIVERSITY_LIAISON: {"spreadsheets.add_importrun", "internships.add_nomination"},
}


def can_read_student_paper(user: Any, paper: StudentPaper) -> bool:
    """The student; an officer who sees the student; the host to which it was sent along, after shortlisting."""
    if not user.is_authenticated:
        return False
    if paper.student.user_id == user.pk:
        return True
    if user.has_perm("internships.view_studentpaper"):
        return bool(Student.objects.visible_to(user).filter(pk=paper.student_id).exists())
    return bool(Application.objects.of_hosts(user).with_contact_shown().filter(papers=paper).exists())


def can_see_contact(user: Any, application: Application) -> bool:
    """A member of the host, once the applicant is shortlisted."""
    return bool(Application.objects.of_hosts(user).with_contact_shown().filter(pk=application.pk).exists())
