"""Rows of the spreadsheets room."""

from wenxi_portal.spreadsheets.models.export_file import ExportContent, ExportFile
from wenxi_portal.spreadsheets.models.import_run import ImportFile, ImportRow, ImportRun

__all__ = ["ExportContent", "ExportFile", "ImportFile", "ImportRow", "ImportRun"]
