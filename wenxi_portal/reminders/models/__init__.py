"""Rows of the reminders room."""

from wenxi_portal.reminders.models.deadline import Deadline, LadderProgress
from wenxi_portal.reminders.models.heartbeat import Heartbeat
from wenxi_portal.reminders.models.holiday import Holiday
from wenxi_portal.reminders.models.ledger_entry import LedgerEntry
from wenxi_portal.reminders.models.scan_run import ScanRun

__all__ = ["Deadline", "Heartbeat", "Holiday", "LadderProgress", "LedgerEntry", "ScanRun"]
