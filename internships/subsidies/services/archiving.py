"""What was paid long ago is put away by itself: the bank may return a payment for a while, after that it is final."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.enums import ClaimState, LineResult, RecoveryState
from internships.subsidies.models import Claim, PaymentLine, Recovery
from internships.subsidies.services.moves import CLAIMS
from wenxi_portal.core.errors import DomainError

# So many in one night at most; the next night goes on.
MOST_A_NIGHT = 5000


def archive_paid(today: date | None = None) -> int:
    """Archive the claims that were paid ``SUBSIDY_ARCHIVE_DAYS`` ago or earlier; return how many.

    A claim of which money is asked back stays until that is settled. Run twice or late, it does the same.
    """
    until = (today or timezone.localdate()) - timedelta(days=settings.SUBSIDY_ARCHIVE_DAYS)
    paid = PaymentLine.objects.filter(claim=OuterRef("pk"), result=LineResult.PAID, paid_on__lte=until)
    asked_back = Recovery.objects.filter(claim=OuterRef("pk"), state=RecoveryState.DEMANDED)
    due = Claim.objects.filter(Exists(paid), ~Exists(asked_back), state=ClaimState.PAID).order_by("pk")
    return sum(_archive(claim) for claim in due[:MOST_A_NIGHT])


@transaction.atomic
def _archive(claim: Claim) -> bool:
    try:
        present = CLAIMS.locked(claim, ClaimState.ARCHIVED)
    except DomainError:
        # Returned by the bank at this very moment.
        return False
    CLAIMS.write(present, ClaimState.ARCHIVED, actor=None, reason=_("Paid, and not returned since"), fields=())
    return True
