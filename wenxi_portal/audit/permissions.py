"""Who may read the audit."""

from wenxi_portal.accounts.enums import Role

ROLE_PERMISSIONS = {
    Role.AUDITOR: {"audit.view_auditentry"},
    Role.ORGANIZATION_DEPARTMENT: {"audit.view_auditentry"},
    Role.SYSTEM_ADMINISTRATOR: {"audit.view_auditentry"},
}
