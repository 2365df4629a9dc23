"""The only writer of audit entries."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry


def record(
    *,
    actor: AbstractBaseUser | None,
    verb: Verb,
    subject: models.Model | None = None,
    reason: str = "",
    **details: Any,
) -> AuditEntry:
    """Record a deed in the caller's transaction. ``actor`` is None when the portal itself did it.

    ``details`` must be JSON and must not hold personal data.
    """
    return AuditEntry.objects.create(  # type: ignore[misc]
        actor=actor,
        verb=verb,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=str(subject.pk) if subject else "",
        subject=str(subject)[:200] if subject else "",
        reason=reason[:500],
        details=details,
    )
