"""Who may read the audit."""

from wenxi_portal.accounts.enums import Role

RETENTION = "audit.view_retention"

ROLE_PERMISSIONS = {
    Role.AUDITOR: {"audit.view_auditentry", RETENTION},
    Role.ORGANIZATION_DEPARTMENT: {"audit.view_auditentry", RETENTION},
    Role.SYSTEM_ADMINISTRATOR: {"audit.view_auditentry"},
}
