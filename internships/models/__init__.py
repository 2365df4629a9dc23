"""Rows of the internships room."""

from internships.models.activity import ActivitySignUp, ActivityStateChange, GroupActivity
from internships.models.application import Application, ApplicationStateChange, Nomination
from internships.models.attendance import AttendanceObjection, AttendanceSheet, AttendanceStateChange
from internships.models.care import CareVisit
from internships.models.case import (
    ServicePaper,
    ServiceRequest,
    ServiceStateChange,
    SupportRequest,
    SupportStateChange,
)
from internships.models.evaluation import Appraisal, Certificate, CertificateFile, Feedback, WeeklyNote
from internships.models.lodging import Bed, BedStay, Lodging
from internships.models.placement import Placement, PlacementStateChange, StayEvent
from internships.models.position import Position, PositionStateChange
from internships.models.profile_draft import ProfileDraft
from internships.models.readiness import (
    AgreementScan,
    AgreementSignature,
    Insurance,
    InsurancePaper,
    PaperTemplate,
    StayAgreement,
)
from internships.models.shuttle import ShuttleRun, ShuttleSeat
from internships.models.student import Student, StudentPaper

__all__ = [
    "ActivitySignUp",
    "ActivityStateChange",
    "AgreementScan",
    "AgreementSignature",
    "Application",
    "ApplicationStateChange",
    "Appraisal",
    "AttendanceObjection",
    "AttendanceSheet",
    "AttendanceStateChange",
    "Bed",
    "BedStay",
    "CareVisit",
    "Certificate",
    "CertificateFile",
    "Feedback",
    "GroupActivity",
    "Insurance",
    "InsurancePaper",
    "Lodging",
    "Nomination",
    "PaperTemplate",
    "Placement",
    "PlacementStateChange",
    "Position",
    "PositionStateChange",
    "ProfileDraft",
    "ServicePaper",
    "ServiceRequest",
    "ServiceStateChange",
    "ShuttleRun",
    "ShuttleSeat",
    "StayAgreement",
    "StayEvent",
    "Student",
    "StudentPaper",
    "SupportRequest",
    "SupportStateChange",
    "WeeklyNote",
]
