"""Telling students and offices of a claim, through the outbox, in the caller's transaction."""

from collections.abc import Iterable
from typing import Any

from internships.services.telling import members_of
from internships.subsidies.enums import ClaimState
from internships.subsidies.models import Claim
from internships.subsidies.notifications.claims import (
    CLAIM_AT_HOST,
    CLAIM_NEWS,
    CLAIM_STEP,
    CLAIM_VOIDED,
    IMPORTANT,
    QUIET,
)
from internships.subsidies.selectors.standing import notice_end
from wenxi_portal.accounts.models import User
from wenxi_portal.notifications.services.outbox import tell


def tell_of_move(claim: Claim, *, actor: User | None, reason: str, from_state: str) -> None:
    """Tell the student what ``claim`` has become, how much it is about and until when something is due.

    What the student did is not told back, with the exception of the word that it has arrived.
    """
    state = ClaimState(claim.state)
    own = actor is not None and actor.pk == claim.student.user_id
    voided = state == ClaimState.DRAFT or (state == ClaimState.ENROLLED and from_state != ClaimState.HOST_CONFIRMED)
    if not from_state or (own and state != ClaimState.SUBMITTED and not voided):
        return
    if not voided and state not in IMPORTANT and state not in QUIET:
        return
    kind = CLAIM_NEWS if voided or state in IMPORTANT else CLAIM_STEP
    params = {
        "state": "voided" if voided else state.value,
        "until": _until(claim, state),
        "reason": reason if voided or state in _WITH_REASON else "",
        # Whoever was told of an objection is told that it is off the table.
        "rejected": from_state == ClaimState.OBJECTED and state in (ClaimState.ON_NOTICE, ClaimState.CLEARED),
        # The leading group comes between the second review and the notice.
        "group": state == ClaimState.SECOND_REVIEWED and claim.needs_group,
    }
    # A claim comes into one state several times, each with a revision of its own.
    tell_student(claim, kind, about=f"{claim.pk}:{claim.revision}", **params)


def tell_student(claim: Claim, kind: str, *, about: str, **params: Any) -> None:
    """Tell the student something about ``claim``; number, amount and scheme are added."""
    _tell([claim.student.user], claim, kind, about, params)


def tell_host(claim: Claim) -> None:
    """Tell everybody who acts for the host that a claim waits for its confirmation."""
    _tell(members_of(claim.host), claim, CLAIM_AT_HOST, f"{claim.pk}:{claim.revision}", {})


def tell_officers(claim: Claim, *, reason: str) -> None:
    """Tell the lead unit's people that what they had approved no longer holds."""
    _tell(members_of(claim.lead_unit), claim, CLAIM_VOIDED, f"{claim.pk}:{claim.revision}", {"reason": reason})


_WITH_REASON = (ClaimState.HANDED_BACK, ClaimState.REFUSED, ClaimState.WITHDRAWN)


def _until(claim: Claim, state: ClaimState) -> str:
    """Return the day that matters in ``state`` (ISO): a deadline, or the end of the notice."""
    if state in (ClaimState.DRAFT, ClaimState.HANDED_BACK):
        day = claim.due_on
    elif state == ClaimState.ON_NOTICE:
        day = notice_end(claim)
    else:
        day = None
    return day.isoformat() if day else ""


def _tell(people: Iterable[User], claim: Claim, kind: str, about: str, params: dict[str, Any]) -> None:
    known = {"claim": claim.number, "key": claim.pk, "amount": str(claim.amount), "scheme": claim.scheme.name}
    for person in people:
        if person.is_active:
            tell(recipient=person, kind=kind, about=about, params=known | params)
