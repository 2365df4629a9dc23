"""The internships room in the admin."""

from internships.admin.activity import GroupActivityAdmin
from internships.admin.care import CareVisitAdmin
from internships.admin.case import ServiceRequestAdmin, SupportRequestAdmin
from internships.admin.lodging import BedStayAdmin, LodgingAdmin
from internships.admin.position import PositionAdmin
from internships.admin.shuttle import ShuttleRunAdmin

__all__ = [
    "BedStayAdmin",
    "CareVisitAdmin",
    "GroupActivityAdmin",
    "LodgingAdmin",
    "PositionAdmin",
    "ServiceRequestAdmin",
    "ShuttleRunAdmin",
    "SupportRequestAdmin",
]
