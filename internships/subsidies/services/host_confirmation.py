"""The host confirms that attendance and appraisal of a claim are its own word."""

from django.db import transaction
from django.utils.translation import gettext as _

from internships.subsidies.enums import ClaimState, Duty, RequiredPaper
from internships.subsidies.models import Claim, ClaimDuty
from internships.subsidies.selectors.changes import changes_of
from internships.subsidies.selectors.papers import needs_of, sheets_of
from internships.subsidies.services.moves import CLAIMS, do_duty
from wenxi_portal.accounts.models import User
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

C = ClaimState


@transaction.atomic
def confirm_by_host(*, claim: Claim, actor: User, opinion: str = "") -> Claim:
    """Confirm a claim for the host: attendance as counted, appraisal as given.

    Whoever confirmed the sheets it counts has the same duty, so that nobody who entered attendance in the host's place
    reviews the claim. Confirmed twice by one person, it is confirmed once. Raises ``DomainError`` for somebody who does
    not act for the host (``host``), without the appraisal that the policy asks for (``appraisal``), and when the
    attendance has changed meanwhile (``changed``).
    """
    present = lock(claim)
    if (
        present.state == C.HOST_CONFIRMED
        and present.duties.filter(user=actor, duty=Duty.HOST_CONFIRM, round=present.round).exists()
    ):
        return present
    present = CLAIMS.locked(present, C.HOST_CONFIRMED)
    if not actor.memberships.current().filter(organisation=present.host_id).exists():
        raise DomainError(_("Only somebody who acts for the host confirms this."), code="host")
    if any(need.paper == RequiredPaper.APPRAISAL and not need.is_met for need in needs_of(present)):
        raise DomainError(_("Give the appraisal first: the policy asks for it."), code="appraisal")
    if changes_of(Claim.objects.filter(pk=present.pk)):
        raise DomainError(
            _("The attendance has changed since the claim was handed in: it goes back to the student by itself."),
            code="changed",
        )
    do_duty(claim=present, duty=Duty.HOST_CONFIRM, actor=actor, opinion=opinion)
    _count_sheets(present, actor)
    words = opinion.strip() or _("Attendance and appraisal confirmed")
    CLAIMS.write(present, C.HOST_CONFIRMED, actor=actor, reason=words, fields=())
    return present


def _count_sheets(claim: Claim, actor: User) -> None:
    """Write the duty for everybody else who confirmed a sheet of the claim."""
    confirmers = User.objects.filter(pk__in=sheets_of(claim).values("confirmed_by")).exclude(pk=actor.pk)
    known = ClaimDuty.objects.filter(claim=claim, duty=Duty.HOST_CONFIRM, round=claim.round)
    for person in confirmers.exclude(pk__in=known.values("user")).order_by("pk"):
        do_duty(claim=claim, duty=Duty.HOST_CONFIRM, actor=person, opinion=_("Confirmed the attendance sheet"))
