"""What nobody handed in ends by itself; the student has been reminded before."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.selectors.windows import lapsing
from internships.subsidies.services.claim import withdraw
from wenxi_portal.core.errors import DomainError


def lapse_overdue(today: date | None = None) -> int:
    """End the drafts and handed-back claims that can no longer be handed in; return how many."""
    ended = 0
    for claim in lapsing(today or timezone.localdate()).order_by("pk"):
        try:
            withdraw(claim=claim, actor=None, reason=_("The time to hand it in has passed"))
        except DomainError:
            # Handed in at this very moment.
            continue
        ended += 1
    return ended
