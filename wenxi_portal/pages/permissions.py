"""Who may keep the guides."""

from wenxi_portal.accounts.enums import Role

ROLE_PERMISSIONS = {
    Role.ORGANIZATION_DEPARTMENT: {"pages.view_guide", "pages.add_guide", "pages.change_guide"},
    Role.AUDITOR: {"pages.view_guide"},
}
