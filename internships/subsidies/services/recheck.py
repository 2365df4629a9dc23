"""The re-check of a sample: drawn after the second review, done by a third person, holding the claim until then."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.enums import ClaimState, Duty, RecheckVerdict
from internships.subsidies.models import Claim, Recheck
from internships.subsidies.selectors.checks import hands_taken
from internships.subsidies.services.moves import do_duty, void_reviews
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

HELD_STATES = (ClaimState.SECOND_REVIEWED, ClaimState.GROUP_DECIDED)


def draw_recheck(*, claim: Claim) -> Recheck | None:
    """Draw the locked ``claim`` for a re-check with the chance its policy names, by the system's own randomness.

    A claim whose earlier round a re-check found wrong is always looked at again.
    """
    found_wrong = claim.rechecks.filter(verdict=RecheckVerdict.DIFFERS).exists()
    if not found_wrong and secrets.randbelow(100) >= claim.policy.recheck_percent:
        return None
    return Recheck.objects.get_or_create(claim=claim, round=claim.round)[0]


@transaction.atomic
def recheck(*, claim: Claim, actor: User, verdict: str, opinion: str = "") -> Recheck:
    """Enter what the third person found. ``differs`` voids the reviews: a new round begins with the first one.

    Raises ``DomainError`` when the claim is not drawn, was looked at already, or the person reviewed it.
    """
    present = lock(claim)
    drawn = present.rechecks.filter(round=present.round, verdict="").first()
    if drawn is None or present.state not in HELD_STATES:
        raise DomainError(_("This claim is not waiting for a re-check (any more). Reload the page."), code="stale")
    if taken := hands_taken(present, actor, Duty.RECHECK):
        raise DomainError(taken, code="duty")
    found = RecheckVerdict(verdict)
    if found == RecheckVerdict.DIFFERS and not opinion.strip():
        raise DomainError(_("Say what differs: the reason stays with the record."), code="reason", field="opinion")
    do_duty(claim=present, duty=Duty.RECHECK, actor=actor, opinion=opinion)
    drawn.verdict, drawn.opinion, drawn.done_by, drawn.done_at = found, opinion.strip()[:500], actor, timezone.now()
    drawn.save(update_fields=["verdict", "opinion", "done_by", "done_at"])
    record(actor=actor, verb=Verb.CHANGED, subject=present, reason=opinion, recheck=found.value)
    if found == RecheckVerdict.DIFFERS:
        reason = _("The re-check of a sample differs: %(opinion)s") % {"opinion": opinion.strip()}
        void_reviews(claim=present, to_state=ClaimState.ENROLLED, reason=reason, actor=actor)
    else:
        # Whatever lists claims by their last change sees it.
        present.revision += 1
        present.save(update_fields=["revision", "updated_at"])
    return drawn
