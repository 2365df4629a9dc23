"""How to reach an applicant or an intern: shown to the host while there is a reason, and never without a trace."""

from django.db import transaction
from django.utils.translation import gettext as _

from internships.models import Application, Placement
from internships.permissions import can_see_contact, can_see_intern_contact
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.errors import DomainError

SHORTEST_REASON = 2


@transaction.atomic
def show_contact(*, application: Application, actor: User, reason: str) -> dict[str, str]:
    """Return mobile number and e-mail address of the applicant, and record who looked and why.

    Raises ``DomainError`` with code ``hidden`` before the applicant is shortlisted and some days after the stay, and
    without a reason.
    """
    if not can_see_contact(actor, application):
        raise DomainError(_("How to reach the applicant is shown after shortlisting."), code="hidden")
    return _shown(application, application.student.user, actor, reason)


@transaction.atomic
def show_intern_contact(*, placement: Placement, actor: User, reason: str) -> dict[str, str]:
    """Return mobile number and e-mail address of an intern, and record who looked and why.

    For stays that began with a transfer as well: they have no application. Raises ``DomainError`` with code ``hidden``
    from CONTACT_DAYS_AFTER_STAY days after the last day on, and without a reason.
    """
    if not can_see_intern_contact(actor, placement):
        raise DomainError(_("How to reach a former intern is no longer shown. Ask the lead unit."), code="hidden")
    return _shown(placement, placement.student.user, actor, reason)


def _shown(subject: Application | Placement, student: User, actor: User, reason: str) -> dict[str, str]:
    if len(reason.strip()) < SHORTEST_REASON:
        raise DomainError(_("Say what you need it for."), code="reason", field="reason")
    record(actor=actor, verb=Verb.REVEALED, subject=subject, reason=reason.strip(), fields=["email", "mobile"])
    return {"mobile": student.mobile if student.mobile_verified else "", "email": student.email or ""}
