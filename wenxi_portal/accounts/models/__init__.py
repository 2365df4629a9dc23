"""Rows of the accounts room."""

from wenxi_portal.accounts.models.user import User

__all__ = ["User"]
