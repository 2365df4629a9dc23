"""Money asked back after it was paid: a demand of its own that finance settles, never an edit of what was paid."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.enums import ClaimState, RecoveryState
from internships.subsidies.models import Claim, Recovery
from internships.subsidies.notifications.claims import RECOVERY_DEMANDED
from internships.subsidies.selectors.paid import paid_of
from internships.subsidies.selectors.recomputing import recompute
from internships.subsidies.services.telling import tell_student
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

PAID = (ClaimState.PAID, ClaimState.ARCHIVED)


@transaction.atomic
def demand_recovery(
    *, claim: Claim, actor: User, reason: str, is_whole: bool = False, due_on: date | None = None
) -> Recovery:
    """Ask money of a paid claim back: all of it (``is_whole``), or what was paid beyond what is worked out today.

    The amount is worked out and never entered. One demand a claim is open at a time. Raises ``DomainError`` when
    nothing was paid too much, or all of it was paid back already.
    """
    present = lock(claim)
    if present.state not in PAID:
        raise DomainError(_("Only what was paid is asked back."), code="transition")
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    if present.recoveries.filter(state=RecoveryState.DEMANDED).exists():
        raise DomainError(_("Money of this claim is being asked back already."), code="open")
    left = paid_of(present)
    amount = left if is_whole else min(left, paid_of(present) - recompute(present).amount)
    if amount <= 0:
        raise DomainError(_("Nothing was paid too much: working it out again gives no less."), code="nothing")
    recovery = Recovery(
        claim=present,
        amount=amount,
        reason=reason.strip()[:500],
        due_on=due_on or timezone.localdate() + timedelta(days=settings.SUBSIDY_RECOVERY_DAYS),
        demanded_by=actor,
    )
    recovery.full_clean()
    recovery.save()
    record(actor=actor, verb=Verb.CREATED, subject=recovery, reason=reason, amount=str(amount))
    tell_student(
        present, RECOVERY_DEMANDED, about=str(recovery.pk), sum=str(amount), reason=reason.strip(),
        until=recovery.due_on.isoformat(),
    )  # fmt: skip
    return recovery
