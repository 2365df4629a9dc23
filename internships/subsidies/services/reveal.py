"""Showing a card number that is masked: with a reason, and never without a trace."""

from django.db import transaction
from django.utils.translation import gettext as _

from internships.subsidies.models import BankAccount
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.errors import DomainError

SHORTEST_REASON = 4


@transaction.atomic
def reveal_card(*, account: BankAccount, reason: str, actor: User) -> str:
    """Return the card number of an account and record who asked why. Raises ``DomainError`` without a reason."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise DomainError(_("Say what you need it for."), code="reason", field="reason")
    record(actor=actor, verb=Verb.REVEALED, subject=account, reason=reason.strip(), fields=["card"])
    number: str = account.card
    return number
