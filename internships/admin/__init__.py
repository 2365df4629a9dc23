"""The internships room in the admin."""

from internships.admin.activity import GroupActivityAdmin
from internships.admin.application import ApplicationAdmin
from internships.admin.attendance import AttendanceSheetAdmin
from internships.admin.care import CareVisitAdmin
from internships.admin.case import ServiceRequestAdmin, SupportRequestAdmin
from internships.admin.certificate import CertificateAdmin
from internships.admin.lodging import BedStayAdmin, LodgingAdmin
from internships.admin.nomination import NominationAdmin
from internships.admin.paper_template import PaperTemplateAdmin
from internships.admin.placement import PlacementAdmin
from internships.admin.position import PositionAdmin
from internships.admin.shuttle import ShuttleRunAdmin
from internships.admin.student import StudentAdmin

__all__ = [
    "ApplicationAdmin",
    "AttendanceSheetAdmin",
    "BedStayAdmin",
    "CareVisitAdmin",
    "CertificateAdmin",
    "GroupActivityAdmin",
    "LodgingAdmin",
    "NominationAdmin",
    "PaperTemplateAdmin",
    "PlacementAdmin",
    "PositionAdmin",
    "ServiceRequestAdmin",
    "ShuttleRunAdmin",
    "StudentAdmin",
    "SupportRequestAdmin",
]
