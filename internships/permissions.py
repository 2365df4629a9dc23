"""Who may do what with positions, applications and stays in the admin. Hosts and students work in their own pages."""

from typing import Any

from internships.models import Application, Placement, Student, StudentPaper
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.organisations.enums import OrganisationKind
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW, OrganisationQuerySet, own_organisations

_SEEN = (
    "position", "student", "studentpaper", "application", "nomination", "placement", "stayevent", "stayagreement",
    "insurance", "attendancesheet", "attendanceobjection", "appraisal", "feedback", "certificate", "lodging", "bed",
    "bedstay", "shuttlerun", "shuttleseat", "supportrequest", "servicerequest", "carevisit", "groupactivity",
    "activitysignup", "papertemplate",
)  # fmt: skip
_KEPT = (
    "position", "application", "placement", "stayagreement", "insurance", "attendancesheet", "certificate", "lodging",
    "bed", "bedstay", "shuttlerun", "shuttleseat", "supportrequest", "servicerequest", "carevisit", "groupactivity",
    "activitysignup",
)  # fmt: skip
MOVE_SUPPORT = "internships.move_supportrequest"
MOVE_SERVICE = "internships.move_servicerequest"
MOVE_ACTIVITY = "internships.move_groupactivity"
_VERBS = {
    "internships.move_position",
    "internships.decide_application",
    "internships.move_placement",
    "internships.confirm_attendancesheet",
    MOVE_SUPPORT,
    MOVE_SERVICE,
    MOVE_ACTIVITY,
}

VIEW = {f"internships.view_{name}" for name in _SEEN}
WORK = (VIEW | {f"internships.{verb}_{name}" for verb in ("add", "change") for name in _KEPT} | _VERBS) | {
    "internships.reveal_student"
}

ROLE_PERMISSIONS = {
    Role.ORGANIZATION_DEPARTMENT: WORK | {"internships.add_papertemplate", "internships.add_nomination"},
    Role.LEAD_UNIT_OFFICER: WORK,
    Role.AUDITOR: VIEW,
    # Brings in sheets of nominations on the university's own pages; the admin stays closed.
    Role.UNIVERSITY_LIAISON: {"spreadsheets.add_importrun", "internships.add_nomination"},
}


def hosts_of(user: Any) -> OrganisationQuerySet:
    """Return the hosts for which ``user`` acts today."""
    hosts: OrganisationQuerySet = Organisation.objects.hosts().filter(pk__in=own_organisations(user)).in_name_order()
    return hosts


def is_of_host(user: User, position: Any) -> bool:
    """Tell whether ``user`` acts for the position's host."""
    return user.memberships.current().filter(organisation=position.host_id).exists()


def can_lead_position(user: User, position: Any) -> bool:
    """Tell whether ``user`` reviews, publishes and closes the position: the department and its lead unit's officers."""
    if not user.has_perm("internships.move_position"):
        return False
    if user.has_perm(SEE_EVERY_ROW):
        return True
    own = user.memberships.current().filter(
        organisation=position.lead_unit_id, organisation__kind=OrganisationKind.LEAD_UNIT
    )
    return own.exists()


def can_read_student_paper(user: Any, paper: StudentPaper) -> bool:
    """The student; an officer who sees the student; the host to which it was sent along, after shortlisting."""
    if not user.is_authenticated:
        return False
    if paper.student.user_id == user.pk:
        return True
    if user.has_perm("internships.view_studentpaper"):
        return bool(Student.objects.visible_to(user).filter(pk=paper.student_id).exists())
    return bool(Application.objects.of_hosts(user).with_contact_shown().filter(papers=paper).exists())


def can_see_intern_contact(user: Any, stay: Placement) -> bool:
    """A member of the host where the student is, from the plan until some days after the last day."""
    mine = Placement.objects.of_hosts(user).filter(pk=stay.pk)
    return bool(mine.exists() and not mine.with_contact_closed().exists())


def can_see_contact(user: Any, application: Application) -> bool:
    """A member of the host, once the applicant is shortlisted and until some days after the stay."""
    return bool(Application.objects.of_hosts(user).with_contact_shown().filter(pk=application.pk).exists())
