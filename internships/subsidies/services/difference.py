"""A correction after payment: what was paid is never edited, the difference is a claim of its own."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.enums import ENDED_WITHOUT_PAY, ClaimState, FlagKind
from internships.subsidies.models import Claim
from internships.subsidies.selectors.paid import paid_of
from internships.subsidies.selectors.recomputing import recompute
from internships.subsidies.services.computing import claim_number, compute_claim
from internships.subsidies.services.findings import drop_flags
from internships.subsidies.services.moves import CLAIMS
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.bulk import reserve_ids
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

_SAME = (
    "scheme", "policy", "kind", "placement", "student", "host", "lead_unit", "milestone", "level", "starts_on",
    "ends_on", "is_demo",
)  # fmt: skip


@transaction.atomic
def claim_difference(*, claim: Claim, actor: User, reason: str) -> Claim:
    """Prepare a claim over what a paid one comes to today beyond what was paid. It goes the whole way by itself.

    A difference that is under way is returned. Raises ``DomainError`` when nothing more is due; where less is due, the
    way is ``recovery.demand_recovery``.
    """
    present = lock(claim)
    if present.state not in (ClaimState.PAID, ClaimState.ARCHIVED) or present.corrects_id:
        raise DomainError(_("Only a claim that was paid has a difference."), code="transition")
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    under_way = present.differences.exclude(state__in=[*ENDED_WITHOUT_PAY, ClaimState.PAID, ClaimState.ARCHIVED])
    if (held := under_way.first()) is not None:
        return held
    more = recompute(present).amount - paid_of(present)
    if more <= 0:
        words = _("Too much was paid: ask it back.") if more < 0 else _("Working it out again gives the same amount.")
        raise DomainError(words, code="less" if more < 0 else "same")
    today = timezone.localdate()
    key = reserve_ids(Claim, 1)[0]
    difference = Claim(
        pk=key,
        number=claim_number(key, today),
        corrects=present,
        due_on=today + timedelta(days=present.policy.window_days),
        **{name: getattr(present, name) for name in _SAME},
    )
    difference.save(force_insert=True)
    CLAIMS.entered(difference, actor=actor, reason=reason)
    record(actor=actor, verb=Verb.CREATED, subject=difference, reason=reason, corrects=present.number)
    drop_flags(claim=present, kinds=[FlagKind.DIFFERS])
    return compute_claim(claim=difference, actor=actor)
