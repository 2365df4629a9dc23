"""What became of money asked back: paid back, or waived by a decision. Asking back is a verb of claims."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.enums import RECOVERY_TRANSITIONS, SETTLED_STATES, ClaimState, RecoveryState
from internships.subsidies.models import Recovery
from internships.subsidies.services.ledger import recover
from internships.subsidies.services.moves import CLAIMS
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError


@transaction.atomic
def receive_recovery(*, recovery: Recovery, actor: User, on: date, note: str = "") -> Recovery:
    """Write down that the money came back on a day; a claim whose whole amount came back is recovered.

    Received twice by a double click, it is received once. Whoever asked it back does not settle it.
    """
    claim = lock(recovery.claim)
    known = lock(recovery)
    if known.state == RecoveryState.RECEIVED and known.settled_by_id == actor.pk and known.settled_on == on:
        return known
    present = _settled(recovery, RecoveryState.RECEIVED, actor=actor, on=on, note=note)
    recover(recovery=present, actor=actor)
    back = sum(one.amount for one in claim.recoveries.filter(state=RecoveryState.RECEIVED))
    if back >= claim.amount and claim.state in SETTLED_STATES and claim.state != ClaimState.RECOVERED:
        CLAIMS.table.check(claim.state, ClaimState.RECOVERED)
        CLAIMS.write(claim, ClaimState.RECOVERED, actor=actor, reason=present.reason, fields=())
    return present


@transaction.atomic
def waive_recovery(*, recovery: Recovery, actor: User, on: date, note: str) -> Recovery:
    """Write down by which decision nothing is paid back."""
    if not note.strip():
        raise DomainError(_("Name the decision: it stays with the record."), code="reason", field="note")
    return _settled(recovery, RecoveryState.WAIVED, actor=actor, on=on, note=note)


def _settled(recovery: Recovery, to_state: RecoveryState, *, actor: User, on: date, note: str) -> Recovery:
    present = lock(recovery)
    RECOVERY_TRANSITIONS.check(present.state, to_state)
    if actor.pk == present.demanded_by_id:
        raise DomainError(_("Whoever asked it back does not settle it: a colleague has to."), code="duty")
    if not timezone.localdate(present.demanded_at) <= on <= timezone.localdate():
        raise DomainError(_("The day lies between the day it was asked back and today."), code="day", field="on")
    present.state, present.settled_on, present.settled_by = to_state, on, actor
    present.settling_note = note.strip()[:300]
    present.save(update_fields=["state", "settled_on", "settled_by", "settling_note"])
    record(actor=actor, verb=Verb.MOVED, subject=present, reason=note, to_state=to_state.value)
    return present
