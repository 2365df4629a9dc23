"""The admin pages of this room."""

from wenxi_portal.notifications.admin.message import MessageAdmin

__all__ = ["MessageAdmin"]
