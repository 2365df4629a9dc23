"""How to reach an applicant: shown to the host after shortlisting, and never without a trace."""

from django.db import transaction
from django.utils.translation import gettext as _

from internships.models import Application
from internships.permissions import can_see_contact
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.errors import DomainError

SHORTEST_REASON = 2


@transaction.atomic
def show_contact(*, application: Application, actor: User, reason: str) -> dict[str, str]:
    """Return mobile number and e-mail address of the applicant, and record who looked and why.

    Raises ``DomainError`` with code ``hidden`` before the applicant is shortlisted, and without a reason.
    """
    if not can_see_contact(actor, application):
        raise DomainError(_("How to reach the applicant is shown after shortlisting."), code="hidden")
    if len(reason.strip()) < SHORTEST_REASON:
        raise DomainError(_("Say what you need it for."), code="reason", field="reason")
    record(actor=actor, verb=Verb.REVEALED, subject=application, reason=reason.strip(), fields=["email", "mobile"])
    user = application.student.user
    return {"mobile": user.mobile if user.mobile_verified else "", "email": user.email or ""}
