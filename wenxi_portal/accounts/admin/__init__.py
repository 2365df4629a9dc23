"""The accounts room in the admin. Groups are the roles, written after each migration: nobody edits them by hand."""

from wenxi_portal.accounts.admin.user import UserAdmin

__all__ = ["UserAdmin"]
