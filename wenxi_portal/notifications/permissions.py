"""Who may look at the outgoing messages of others. Words of messages are shown to nobody but their readers."""

from wenxi_portal.accounts.enums import Role

VIEW = {"notifications.view_message"}

ROLE_PERMISSIONS = {
    Role.ORGANIZATION_DEPARTMENT: VIEW,
    Role.AUDITOR: VIEW,
    Role.SYSTEM_ADMINISTRATOR: VIEW | {"notifications.retry_message"},
}
