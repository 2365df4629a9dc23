"""The nightly sweep for rows that should be impossible."""

import logging
from datetime import date

from django.utils import timezone

from talent.selectors.impossible import count_impossible
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.notifications.services.outbox import tell

logger = logging.getLogger(__name__)

KIND = "impossible_rows"


def report_impossible(*, today: date | None = None) -> dict[str, int]:
    """Count impossible rows, and tell the organization department of them once a day. Run twice, it tells once."""
    found = count_impossible()
    if not found:
        return found
    logger.error("Rows that should be impossible: %s.", ", ".join(f"{key} {found[key]}" for key in sorted(found)))
    day = (today or timezone.localdate()).isoformat()
    for user in User.objects.with_role(Role.ORGANIZATION_DEPARTMENT).filter(is_active=True):
        tell(recipient=user, kind=KIND, about=day, params={"found": found})
    return found
