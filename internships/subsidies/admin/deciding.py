"""From the button that was pressed to the verb that does it."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.admin import review_forms as forms
from internships.subsidies.enums import Duty, RecheckVerdict
from internships.subsidies.models import Claim
from internships.subsidies.selectors.queues import ReviewQueue
from internships.subsidies.services.claim import hand_back, refuse
from internships.subsidies.services.recheck import recheck
from internships.subsidies.services.review import VERBS
from wenxi_portal.accounts.models import User
from wenxi_portal.core.errors import DomainError


def decide(queue: ReviewQueue, claim: Claim, actor: User, decision: str, values: dict[str, Any]) -> str:
    """Do what was decided and return the sentence about it. Raises ``DomainError`` when a service refuses."""
    opinion, duty = values["opinion"], queue.duty
    if duty is None or decision not in dict(forms.decisions(queue)):
        raise DomainError(_("This cannot be decided here. Reload the page."), code="decision")
    if values["expected"] and values["expected"] != claim.state:
        raise DomainError(_("Meanwhile this claim has moved on. Look at it again."), code="stale")
    if duty == Duty.RECHECK:
        verdict = RecheckVerdict.AGREES if decision == forms.AGREES else RecheckVerdict.DIFFERS
        recheck(claim=claim, actor=actor, verdict=verdict, opinion=opinion)
        return _("The re-check of %(claim)s is entered.") % {"claim": claim.number}
    if decision == forms.HAND_BACK:
        soonest = timezone.localdate() + timedelta(days=settings.SUBSIDY_HAND_BACK_DAYS)
        hand_back(claim=claim, actor=actor, reason=opinion, due_on=values["due_on"] or soonest)
        return _("%(claim)s is handed back; the student is told.") % {"claim": claim.number}
    if decision == forms.REFUSE:
        refuse(claim=claim, actor=actor, reason=opinion)
        return _("%(claim)s is refused; the student is told.") % {"claim": claim.number}
    VERBS[duty](claim=claim, actor=actor, opinion=opinion, expected=values["expected"] or None)
    return _("%(claim)s has passed.") % {"claim": claim.number}
