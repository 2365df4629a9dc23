"""Queries that speak of positions, applications and stays, an area a file."""

from internships.querysets.applications import (
    EMERGENCY_CONTEXT,
    ENROLMENT_CONTEXT,
    ERASED,
    NOMINATION_CONTEXT,
    PROFILE_DRAFT_CONTEXT,
    STUDENT_ID_CONTEXT,
    ApplicationQuerySet,
    NominationQuerySet,
    StudentPaperQuerySet,
    StudentQuerySet,
    nomination_index,
    student_id_index,
)
from internships.querysets.care import (
    SERVICE_MOBILE_CONTEXT,
    ActivityQuerySet,
    CaseQuerySet,
    LodgingQuerySet,
    ServiceRequestQuerySet,
)
from internships.querysets.positions import (
    PUBLIC_POSITION_STATES,
    PositionQuerySet,
    open_condition,
    silent_since,
)
from internships.querysets.stays import (
    AttendanceSheetQuerySet,
    InsuranceQuerySet,
    OfPlacementQuerySet,
    PlacementQuerySet,
    rows_of,
)

__all__ = [
    "EMERGENCY_CONTEXT",
    "ENROLMENT_CONTEXT",
    "ERASED",
    "NOMINATION_CONTEXT",
    "PROFILE_DRAFT_CONTEXT",
    "PUBLIC_POSITION_STATES",
    "SERVICE_MOBILE_CONTEXT",
    "STUDENT_ID_CONTEXT",
    "ActivityQuerySet",
    "ApplicationQuerySet",
    "AttendanceSheetQuerySet",
    "CaseQuerySet",
    "InsuranceQuerySet",
    "LodgingQuerySet",
    "NominationQuerySet",
    "OfPlacementQuerySet",
    "PlacementQuerySet",
    "PositionQuerySet",
    "ServiceRequestQuerySet",
    "StudentPaperQuerySet",
    "StudentQuerySet",
    "nomination_index",
    "open_condition",
    "rows_of",
    "silent_since",
    "student_id_index",
]
