"""Who may do what with positions, applications and stays in the admin. Hosts and students work in their own pages."""

from wenxi_portal.accounts.enums import Role

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
    Role.ORGANIZATION_DEPARTMENT: WORK | {"internships.add_papertemplate"},
    Role.LEAD_UNIT_OFFICER: WORK,
    Role.AUDITOR: VIEW,
}
