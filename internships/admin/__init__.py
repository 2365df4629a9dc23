"""The internships room in the admin."""

from internships.admin.activity import GroupActivityAdmin
from internships.admin.attendance import AttendanceSheetAdmin
from internships.admin.care import CareVisitAdmin
from internships.admin.case import ServiceRequestAdmin, SupportRequestAdmin
from internships.admin.certificate import CertificateAdmin
from internships.admin.lodging import BedStayAdmin, LodgingAdmin
from internships.admin.paper_template import PaperTemplateAdmin
from internships.admin.placement import PlacementAdmin
from internships.admin.position import PositionAdmin
from internships.admin.shuttle import ShuttleRunAdmin

__all__ = [
    "AttendanceSheetAdmin",
    "BedStayAdmin",
    "CareVisitAdmin",
    "CertificateAdmin",
    "GroupActivityAdmin",
    "LodgingAdmin",
    "PaperTemplateAdmin",
    "PlacementAdmin",
    "PositionAdmin",
    "ServiceRequestAdmin",
    "ShuttleRunAdmin",
    "SupportRequestAdmin",
]
