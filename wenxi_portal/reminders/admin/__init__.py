"""The admin pages of this room."""

from wenxi_portal.reminders.admin.holiday import HolidayAdmin
from wenxi_portal.reminders.admin.scan_run import ScanRunAdmin

__all__ = ["HolidayAdmin", "ScanRunAdmin"]
