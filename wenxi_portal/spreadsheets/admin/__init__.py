"""Sheets in and out, in the admin."""

from wenxi_portal.spreadsheets.admin.export_file import ExportFileAdmin
from wenxi_portal.spreadsheets.admin.import_run import ImportRunAdmin

__all__ = ["ExportFileAdmin", "ImportRunAdmin"]
