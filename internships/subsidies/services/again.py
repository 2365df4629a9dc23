"""Prepares a claim anew after one for the same days, or the same milestone, was withdrawn or refused."""

from django.db import transaction
from django.utils.translation import gettext as _

from internships.subsidies.enums import ENDED_WITHOUT_PAY, SchemeKind
from internships.subsidies.models import Claim
from internships.subsidies.selectors.policies import policy_on
from internships.subsidies.services.bonus import prepare_bonus
from internships.subsidies.services.preparing import prepare_for
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.errors import DomainError


@transaction.atomic
def prepare_again(*, claim: Claim, actor: User, reason: str) -> Claim:
    """Prepare what ``claim`` was for once more; return the new claim, which waits for the student.

    Raises ``DomainError`` for a claim that was not withdrawn or refused, and when nothing is due or all is claimed.
    """
    if claim.state not in ENDED_WITHOUT_PAY or claim.corrects_id is not None:
        raise DomainError(_("Only a claim that was withdrawn or refused is prepared anew."), code="transition")
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    policy = policy_on(claim.scheme, claim.starts_on) or claim.policy
    if claim.kind == SchemeKind.BONUS and claim.milestone is not None:
        found = prepare_bonus(milestone=claim.milestone, actor=actor)
        if found is None:
            raise DomainError(_("Nothing is due for this stay that is not claimed already."), code="nothing")
    else:
        found = prepare_for(policy=policy, stay=claim.placement_id, actor=actor)
    record(actor=actor, verb=Verb.CREATED, subject=found, reason=reason, instead_of=claim.number)
    return found
