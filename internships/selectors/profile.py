"""The profile as its own pages show it."""

import json
from typing import Any

from internships.models import ProfileDraft, Student
from wenxi_portal.accounts.models import User


def draft_of(user: User) -> dict[str, dict[str, Any]]:
    """Return what ``user`` has typed so far, page by page."""
    draft = ProfileDraft.objects.filter(user=user).first()
    return json.loads(draft.content) if draft else {}


def initial_of(student: Student) -> dict[str, Any]:
    """Return what stands in the fields when the profile is changed."""
    names = (
        "native_township", "level", "is_vocational", "major", "discipline", "enrolled_on", "graduates_on",
        "emergency_name", "emergency_relation", "emergency_mobile", "skills", "wish", "enrolment_code",
        "enrolment_code_until",
    )  # fmt: skip
    return {name: getattr(student, name) for name in names} | {"school": student.school}
