"""What a student answers to an offer."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import ApplicationState
from internships.models import Application
from internships.selectors.eligibility import has_stay_between
from internships.services.application_moves import MOVER, locked_position, move
from internships.services.waiting_list import move_up
from wenxi_portal.accounts.models import User
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

S = ApplicationState


@transaction.atomic
def accept(*, application: Application, actor: User | None) -> Application:
    """Take the offer: from now on a seat is taken. A second click finds it accepted and changes nothing.

    The database gives the last seat once. Raises ``DomainError`` when it is gone (``no_seats``), when the deadline has
    passed (``too_late``), or when the student is elsewhere in that time (``overlap``).
    """
    position = locked_position(application)
    student = lock(application.student)
    if lock(application).state == S.ACCEPTED:
        return application
    present = MOVER.locked(application, S.ACCEPTED)
    if present.offer_until is not None and present.offer_until <= timezone.now():
        raise DomainError(_("The deadline of this offer has passed."), code="too_late")
    if has_stay_between(student, position):
        raise DomainError(
            _("You have another stay in that time. Nobody is in two places at once. Withdraw the other one first."),
            code="overlap",
        )
    try:
        with transaction.atomic():
            return move(present, S.ACCEPTED, actor=actor)
    except IntegrityError as error:
        raise DomainError(
            _("The last seat has just been taken. Your application stays as it is; ask the host about the next one."),
            code="no_seats",
        ) from error


@transaction.atomic
def decline(*, application: Application, actor: User | None, reason: str = "") -> Application:
    """Turn the offer down; the next on the waiting list moves up. A second click changes nothing."""
    position = locked_position(application)
    if lock(application).state == S.DECLINED:
        return application
    present = MOVER.locked(application, S.DECLINED)
    move(present, S.DECLINED, actor=actor, reason=reason)
    move_up(position=position)
    return present
