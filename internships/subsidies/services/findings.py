"""Findings hold a claim until an officer has said why it may go on; the portal takes back what is no longer so."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.enums import FlagKind
from internships.subsidies.models import Claim, ClaimFlag
from internships.subsidies.selectors.changes import changes_of
from internships.subsidies.selectors.findings import FOUND_BY_PORTAL, LOOKED_AT, findings_of, open_flags
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.wording import part_list

Key = tuple[int, str, str]


def check_not_held(claim: Claim) -> None:
    """Raise ``DomainError`` while a finding about ``claim`` is open, or what it rests on has changed.

    Every verb that moves a claim forward calls this with the claim locked.
    """
    kinds = [flag.get_kind_display() for flag in open_flags(claim)]
    if kinds:
        raise DomainError(
            _("This claim is held: %(findings)s. Settle the findings first.") % {"findings": part_list(kinds)},
            code="held",
        )
    changes = changes_of(Claim.objects.filter(pk=claim.pk))
    if changes:
        raise DomainError(
            _("What this claim rests on has changed: %(change)s. It goes back by itself within a day.")
            % {"change": changes[0].words},
            code="changed",
        )


@transaction.atomic
def look_at(claims: Iterable[Claim] | None = None) -> dict[str, int]:
    """Write down what is found about ``claims`` (None: all that may still be paid); return how many are new and over.

    Finding the same again changes nothing. What an officer settled stays settled; what the portal had taken back and
    finds again is open anew.
    """
    chosen = Claim.objects.filter(state__in=LOOKED_AT)
    if claims is not None:
        chosen = chosen.filter(pk__in=[claim.pk for claim in claims])
    found = {(one.claim, str(one.kind), one.about): one for one in findings_of(chosen)}
    flags = ClaimFlag.objects.filter(claim__in=chosen, kind__in=FOUND_BY_PORTAL)
    known: dict[Key, ClaimFlag] = {(flag.claim_id, flag.kind, flag.about): flag for flag in flags}
    new = [
        ClaimFlag(claim_id=one.claim, kind=one.kind, about=one.about, detail=one.detail[:300])
        for key, one in found.items() if key not in known
    ]  # fmt: skip
    ClaimFlag.objects.bulk_create(new, ignore_conflicts=True)
    again = [flag.pk for key, flag in known.items() if key in found and flag.cleared_at and not flag.cleared_by_id]
    ClaimFlag.objects.filter(pk__in=again).update(cleared_at=None, clearing_reason="")
    over = [flag.pk for key, flag in known.items() if key not in found and flag.cleared_at is None]
    ClaimFlag.objects.filter(pk__in=over, cleared_at__isnull=True).update(
        cleared_at=timezone.now(), clearing_reason=_("It is no longer so.")
    )
    return {"new": len(new) + len(again), "over": len(over)}


def raise_flag(*, claim: Claim, kind: FlagKind, about: str = "", detail: str = "") -> ClaimFlag:
    """Hold ``claim`` for a reason that only one verb can know, in the caller's transaction. Raised once."""
    flag, _is_new = ClaimFlag.objects.get_or_create(
        claim=claim, kind=kind, about=about, defaults={"detail": detail[:300]}
    )
    return flag


@transaction.atomic
def settle_finding(*, flag: ClaimFlag, actor: User, reason: str) -> ClaimFlag:
    """Say why the claim may go on in spite of a finding. Settled twice, the first word stays.

    Raises ``DomainError`` without a reason.
    """
    lock(flag.claim)
    present = lock(flag)
    if present.cleared_at:
        return present
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    present.cleared_by, present.cleared_at = actor, timezone.now()
    present.clearing_reason = reason.strip()[:300]
    present.full_clean()
    present.save()
    record(actor=actor, verb=Verb.CHANGED, subject=present.claim, reason=reason, finding=present.kind)
    return present


def drop_flags(*, claim: Claim, kinds: Iterable[FlagKind]) -> None:
    """Take back findings that a verb has made pointless, in the caller's transaction."""
    open_ones = Q(claim=claim, kind__in=list(kinds), cleared_at__isnull=True)
    ClaimFlag.objects.filter(open_ones).update(cleared_at=timezone.now(), clearing_reason=_("It is no longer so."))
