"""Who may do what with accounts."""

from wenxi_portal.accounts.enums import Role

ROLE_PERMISSIONS = {
    Role.SYSTEM_ADMINISTRATOR: {"accounts.view_user", "accounts.add_user", "accounts.change_user"},
    Role.AUDITOR: {"accounts.view_user"},
}
