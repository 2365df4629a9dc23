"""Who may do what with organisations and memberships."""

from wenxi_portal.accounts.enums import Role
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW

VIEW = {"organisations.view_organisation"}
KEEP = {*VIEW, "organisations.add_organisation", "organisations.change_organisation"}
MEMBERSHIPS = {"organisations.view_membership", "organisations.add_membership", "organisations.change_membership"}

ROLE_PERMISSIONS = {
    Role.ORGANIZATION_DEPARTMENT: KEEP | MEMBERSHIPS | {SEE_EVERY_ROW},
    Role.LEAD_UNIT_OFFICER: VIEW,
    Role.FINANCE: VIEW,
    Role.AUDITOR: VIEW | {"organisations.view_membership", SEE_EVERY_ROW},
    Role.SYSTEM_ADMINISTRATOR: VIEW | MEMBERSHIPS,
}
