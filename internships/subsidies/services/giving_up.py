"""A returned payment that nobody tries again: the money is free, and the claim ends without pay."""

from django.db import transaction
from django.utils.translation import gettext as _

from internships.subsidies.enums import ClaimState
from internships.subsidies.models import Claim
from internships.subsidies.services.ledger import give_up
from internships.subsidies.services.moves import CLAIMS
from wenxi_portal.accounts.models import User
from wenxi_portal.core.errors import DomainError


@transaction.atomic
def give_up_returned(*, claim: Claim, actor: User, reason: str) -> Claim:
    """End a claim whose payment the bank has returned, and set its money free. Raises ``DomainError`` for any other."""
    present = CLAIMS.locked(claim, ClaimState.WITHDRAWN, reason=reason)
    if present.state != ClaimState.RETURNED:
        raise DomainError(_("Only a payment that the bank has returned is given up."), code="transition")
    give_up(claims=[present.pk], actor=actor, note=present.number)
    CLAIMS.write(present, ClaimState.WITHDRAWN, actor=actor, reason=reason, fields=())
    return present
