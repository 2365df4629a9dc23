"""What a host decides on an application, or an officer in its place."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import ApplicationState
from internships.models import Application
from internships.services.application_moves import MOVER, locked_position, move
from internships.services.waiting_list import free_seats, move_up, next_rank, offer_deadline
from wenxi_portal.accounts.models import User
from wenxi_portal.core.errors import DomainError

S = ApplicationState


@transaction.atomic
def hand_back(*, application: Application, actor: User | None, reason: str, expected: str | None = None) -> Application:
    """Give the application back to the student with what is missing; it comes back within HAND_BACK_DAYS."""
    present = MOVER.locked(application, S.HANDED_BACK, reason=reason, expected=expected)
    return move(present, S.HANDED_BACK, actor=actor, reason=reason)


@transaction.atomic
def shortlist(
    *, application: Application, actor: User | None, reason: str = "", expected: str | None = None
) -> Application:
    """Take the applicant into the narrower choice; from now on the host sees how to reach the student."""
    return move(MOVER.locked(application, S.SHORTLISTED, expected=expected), S.SHORTLISTED, actor=actor, reason=reason)


@transaction.atomic
def offer(
    *,
    application: Application,
    actor: User | None,
    reason: str = "",
    until: datetime | None = None,
    expected: str | None = None,
) -> Application:
    """Offer the place until a moment (None: for OFFER_DAYS days). Open offers and taken seats never exceed the seats.

    Raises ``DomainError`` (code ``no_seats``) when every seat is taken or promised, and for a moment in the past.
    """
    position = locked_position(application)
    present = MOVER.locked(application, S.OFFERED, expected=expected)
    deadline = until or offer_deadline()
    if deadline <= timezone.now():
        raise DomainError(_("The deadline lies in the past. Choose a later one."), code="past", field="until")
    if free_seats(position) <= 0:
        raise DomainError(
            _("Every seat is taken or offered. Put the applicant on the waiting list: who is next moves up by itself."),
            code="no_seats",
        )
    return move(present, S.OFFERED, actor=actor, reason=reason, offer_until=deadline)


@transaction.atomic
def wait_list(
    *, application: Application, actor: User | None, reason: str = "", expected: str | None = None
) -> Application:
    """Put the applicant at the end of the waiting list; where a seat is free, an offer follows at once."""
    position = locked_position(application)
    present = MOVER.locked(application, S.WAIT_LISTED, expected=expected)
    move(present, S.WAIT_LISTED, actor=actor, reason=reason, wait_rank=next_rank(position))
    move_up(position=position)
    return present


@transaction.atomic
def refuse(*, application: Application, actor: User | None, reason: str, expected: str | None = None) -> Application:
    """Close the application with a reason that the student reads. A seat it held goes to the next."""
    position = locked_position(application)
    present = MOVER.locked(application, S.REFUSED, reason=reason, expected=expected)
    move(present, S.REFUSED, actor=actor, reason=reason)
    move_up(position=position)
    return present


Verb = Callable[..., Application]
DECISIONS: dict[str, Verb] = {
    S.SHORTLISTED: shortlist,
    S.OFFERED: offer,
    S.WAIT_LISTED: wait_list,
    S.HANDED_BACK: hand_back,
    S.REFUSED: refuse,
}


@dataclass(slots=True)
class Outcome:
    """What became of a decision on many: those that moved, and each refusal with its sentence."""

    done: list[Application] = field(default_factory=list)
    refused: list[tuple[Application, str]] = field(default_factory=list)


def decide_many(
    *, applications: Iterable[Application], to_state: str, actor: User | None, reason: str = "", **more: Any
) -> Outcome:
    """Decide the same on many, each by itself: one that cannot move stays and says why."""
    decide, outcome = DECISIONS[to_state], Outcome()
    for application in applications:
        try:
            outcome.done.append(decide(application=application, actor=actor, reason=reason, **more))
        except DomainError as refusal:
            outcome.refused.append((application, refusal.message))
        except ValidationError as refusal:
            outcome.refused.append((application, " ".join(refusal.messages)))
    return outcome
