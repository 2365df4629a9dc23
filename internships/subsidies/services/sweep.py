"""The nightly proof: separate hands, states and duties, sums; whatever should be impossible is reported."""

import logging
from datetime import date

from django.utils import timezone

from internships.subsidies.selectors.impossible import count_impossible, keep_found
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.notifications.services.outbox import tell

logger = logging.getLogger(__name__)
KIND = "impossible_money"
TOLD = (Role.ORGANIZATION_DEPARTMENT, Role.AUDITOR)


def prove_separation(*, today: date | None = None) -> dict[str, int]:
    """Count rows that should be impossible; tell department and auditors once a day. Run twice, it tells once."""
    found = count_impossible()
    keep_found(found)
    if not found:
        return found
    logger.error(
        "Money: rows that should be impossible: %s.", ", ".join(f"{key} {found[key]}" for key in sorted(found))
    )
    day = (today or timezone.localdate()).isoformat()
    for role in TOLD:
        for user in User.objects.with_role(role).filter(is_active=True):
            tell(recipient=user, kind=KIND, about=day, params={"found": found})
    return found
