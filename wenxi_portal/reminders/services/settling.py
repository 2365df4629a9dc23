"""Ending the reminders about one due date by hand."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.reminders import registry
from wenxi_portal.reminders.enums import Outcome, SkipReason
from wenxi_portal.reminders.models import Deadline, LedgerEntry
from wenxi_portal.reminders.working_days import calendar


@transaction.atomic
def settle(*, deadline: Deadline, actor: User, reason: str) -> Deadline:
    """Record the steps still to come as skipped, because the matter is settled otherwise (on paper, by telephone).

    A new due date starts the ladder again. Raises ``DomainError`` without a reason or when no step is left.
    """
    present = lock(deadline)
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    ladder = registry.find(present.kind)
    if present.next_at is None or ladder is None:
        raise DomainError(_("No reminder about this is left."), code="settled")
    left = [rung for rung in ladder.rungs(present.due_on, calendar()) if rung.position >= present.next_position]
    LedgerEntry.objects.bulk_create(
        [
            LedgerEntry(
                kind=present.kind,
                object_id=present.object_id,
                version=present.version,
                due_on=present.due_on,
                step=rung.step,
                state=Outcome.SKIPPED,
                reason=SkipReason.SETTLED,
                note=reason.strip()[:200],
                planned_at=rung.at,
                at=timezone.now(),
            )
            for rung in left
        ]
    )
    present.next_at = None
    present.save(update_fields=["next_at"])
    record(actor=actor, verb=Verb.CHANGED, subject=present, reason=reason, settled=[rung.step for rung in left])
    return present
