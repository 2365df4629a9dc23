"""The internships room in the admin."""

from internships.admin.application import ApplicationAdmin
from internships.admin.nomination import NominationAdmin
from internships.admin.student import StudentAdmin

__all__ = ["ApplicationAdmin", "NominationAdmin", "StudentAdmin"]
