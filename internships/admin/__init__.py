"""The internships room in the admin."""

from internships.admin.attendance import AttendanceSheetAdmin
from internships.admin.certificate import CertificateAdmin
from internships.admin.paper_template import PaperTemplateAdmin
from internships.admin.placement import PlacementAdmin

__all__ = ["AttendanceSheetAdmin", "CertificateAdmin", "PaperTemplateAdmin", "PlacementAdmin"]
