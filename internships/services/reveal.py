"""Showing what is masked: with a reason, and never without a trace."""

from django.db import transaction
from django.utils.translation import gettext as _

from internships.models import ServiceRequest
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.errors import DomainError

SHORTEST_REASON = 4


@transaction.atomic
def reveal_mobile(*, request: ServiceRequest, reason: str, actor: User) -> str:
    """Return the mobile number of a request at the window and record who asked why.

    Raises ``DomainError`` without a reason.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise DomainError(_("Say what you need it for."), code="reason", field="reason")
    record(actor=actor, verb=Verb.REVEALED, subject=request, reason=reason.strip(), fields=["mobile"])
    return request.mobile
