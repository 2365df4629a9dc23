"""Lets claims follow what they rest on: attendance, policy, arithmetic.

A claim that nobody has paid is worked out anew when a sheet was corrected or another policy holds, and what had been
reviewed is void. Everything else that differs is reported as a finding, which holds the claim until somebody looked.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.enums import (
    CLAIM_TRANSITIONS,
    ENDED_WITHOUT_PAY,
    OPEN_TO_RECOMPUTING,
    ClaimState,
    FlagKind,
)
from internships.subsidies.models import Claim, ClaimFlag, Policy
from internships.subsidies.selectors.recomputing import recompute, recompute_differs
from internships.subsidies.services.voiding import send_back
from wenxi_portal.core.editing import lock
from wenxi_portal.core.money import money

# Nothing is worked out anew once money is on its way; the difference is then a matter of its own (``corrects``).
VOIDABLE = tuple(state for state in ClaimState if CLAIM_TRANSITIONS.allows(state, ClaimState.DRAFT))
WATCHED = tuple(state for state in ClaimState if state not in (*ENDED_WITHOUT_PAY, ClaimState.RECOVERED))
PARTS = ("scheme", "policy__scheme", "placement", "milestone")
BATCH = 500


def sweep_claims() -> dict[str, int]:
    """Work every claim out anew; return how many followed a change and how many findings were raised.

    Differences (``corrects``) are amounts of their own and are not looked at.
    """
    counts = {"looked": 0, "followed": 0, "reported": 0}
    after = 0
    watched = Claim.objects.filter(state__in=WATCHED, corrects__isnull=True).select_related(*PARTS).order_by("pk")
    while found := list(watched.filter(pk__gt=after)[:BATCH]):
        after = found[-1].pk
        for claim in found:
            counts["looked"] += 1
            outcome = look_again(claim=claim)
            if outcome:
                counts[outcome] += 1
    return counts


@transaction.atomic
def look_again(*, claim: Claim) -> str:
    """Compare a claim with what it would be today: "followed", "reported", or empty when it is right."""
    present: Claim = lock(claim)
    if not recompute_differs(present):
        _settle(present)
        return ""
    found = recompute(present)
    if found.inputs_hash != present.inputs_hash and present.state in (*VOIDABLE, *OPEN_TO_RECOMPUTING):
        _follow(present)
        return "followed"
    detail = _("on file %(stored)s, worked out again %(now)s") % {
        "stored": money(present.amount), "now": money(found.amount),
    }  # fmt: skip
    flag, is_new = ClaimFlag.objects.get_or_create(
        claim=present, kind=FlagKind.DIFFERS, about=found.inputs_hash[:16], defaults={"detail": detail}
    )
    return "reported" if is_new and flag.cleared_at is None else ""


@transaction.atomic
def follow_policy(*, policy: Policy) -> int:
    """Let the open claims of a scheme whose first day ``policy`` now covers follow it; return how many did."""
    days = Q(starts_on__gte=policy.valid_from)
    if policy.valid_until is not None:
        days &= Q(starts_on__lte=policy.valid_until)
    claims = Claim.objects.filter(
        days, scheme=policy.scheme, state__in=(*VOIDABLE, *OPEN_TO_RECOMPUTING), corrects__isnull=True
    ).exclude(policy=policy)
    return _each(claims.select_related(*PARTS).order_by("pk"))


def _each(claims: Iterable[Claim]) -> int:
    followed = 0
    for claim in claims:
        _follow(lock(claim))
        followed += 1
    return followed


def _follow(claim: Claim) -> None:
    """Void what was reviewed, say why, and work the claim out anew."""
    send_back(
        claim=claim,
        reason=_("The attendance sheet or the policy has changed: the claim is worked out anew and reviewed anew."),
    )
    _settle(claim)


def _settle(claim: Claim) -> None:
    """Settle findings of a difference that is there no more."""
    claim.flags.filter(kind=FlagKind.DIFFERS, cleared_at__isnull=True).update(
        cleared_at=timezone.now(), clearing_reason=_("worked out again: it agrees")
    )
