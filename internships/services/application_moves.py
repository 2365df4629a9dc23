"""How an application moves: what every move writes besides the state, and who is told of it."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from internships.enums import APPLICATION_TRANSITIONS, ApplicationState
from internships.models import Application, ApplicationStateChange, Position
from internships.notifications.applying import AT_DESK, AT_HOST, NEWS
from internships.services.moves import Mover
from wenxi_portal.accounts.models import User
from wenxi_portal.core.editing import lock
from wenxi_portal.notifications.services.outbox import tell
from wenxi_portal.organisations.models import Membership
from wenxi_portal.reminders.working_days import add_working_days

S = ApplicationState
MOVER: Mover[Application] = Mover(APPLICATION_TRANSITIONS, ApplicationStateChange, "application")
# What the student hears of, and what the host does; a person hears nothing of what he or she did.
STUDENT_HEARS = {S.SUBMITTED, S.HANDED_BACK, S.SHORTLISTED, S.WAIT_LISTED, S.OFFERED, S.REFUSED, S.LAPSED, S.PLACED}
HOST_HEARS = {S.SUBMITTED, S.ACCEPTED, S.DECLINED, S.WITHDRAWN, S.LAPSED}
_DATED = ("in_state_since", "answer_due_on", "offer_until", "wait_rank", "last_opinion")


def locked_position(application: Application) -> Position:
    """Lock the position of ``application``: whoever gives or frees a seat does this first, before student and case.

    One order for everybody, so that nobody waits for another in a ring.
    """
    position: Position = lock(Position(pk=application.position_id))
    return position


def move(
    present: Application,
    to_state: ApplicationState,
    *,
    actor: User | None,
    reason: str = "",
    offer_until: datetime | None = None,
    wait_rank: int | None = None,
    fields: tuple[str, ...] = (),
) -> Application:
    """Write the locked ``present`` in its new state with the dates that belong to it, and tell those concerned.

    ``fields`` are further fields the caller has set. Raises ``IntegrityError`` when no seat is left.
    """
    from_state = present.state
    present.in_state_since = timezone.now()
    present.answer_due_on = answer_due(to_state, offer_until)
    present.offer_until, present.wait_rank = offer_until, wait_rank
    present.last_opinion = reason.strip()[:500]
    MOVER.write(present, to_state, actor=actor, reason=reason, fields=(*_DATED, *fields), ask_first=False)
    _tell(present, actor, drafted=from_state == S.DRAFT)
    return present


def answer_due(state: ApplicationState, offer_until: datetime | None = None) -> date | None:
    """Return the day until which the one who has the case answers; None where nobody has to."""
    today = timezone.localdate()
    if state in {S.SUBMITTED, S.SHORTLISTED}:
        return add_working_days(today, settings.APPLICATION_ANSWER_WORKING_DAYS)
    if state == S.HANDED_BACK:
        return today + timedelta(days=settings.HAND_BACK_DAYS)
    return timezone.localdate(offer_until) if offer_until else None


def _tell(present: Application, actor: User | None, *, drafted: bool) -> None:
    state = ApplicationState(present.state)
    if drafted and state != S.SUBMITTED:
        # A draft that is given up or forgotten concerns nobody else.
        return
    about = f"{present.pk}:{present.revision}"
    params: dict[str, Any] = {
        "application": present.pk,
        "position": present.position.title,
        "state": state.value,
        "until": present.offer_until.isoformat() if present.offer_until else "",
        "reason": present.last_opinion if state in {S.HANDED_BACK, S.REFUSED} else "",
    }
    student = present.student.user
    if state in STUDENT_HEARS and student.is_active and student != actor:
        tell(recipient=student, kind=NEWS, about=about, params=params)
    if state in HOST_HEARS:
        told = {**params, "reason": ""}
        for member in host_members(present.position):
            if member != actor:
                tell(recipient=member, kind=AT_HOST, about=about, params=told)
    if state == S.ACCEPTED:
        for officer in _members(present.position.lead_unit_id):
            tell(recipient=officer, kind=AT_DESK, about=about, params={**params, "reason": ""})


def host_members(position: Position) -> list[User]:
    """Return who acts for the host today; where nobody does, the lead unit's members, who decide in its place."""
    return _members(position.host_id) or _members(position.lead_unit_id)


def _members(organisation_id: int) -> list[User]:
    members = Membership.objects.current().filter(organisation=organisation_id, user__is_active=True)
    return [member.user for member in members.select_related("user")]
