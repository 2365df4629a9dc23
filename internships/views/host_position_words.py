"""What a host reads on the card of its own position: the state, and what waits."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from internships.enums import ClosingCause, PositionState
from internships.models import Position
from internships.selectors.host_positions import is_asked
from internships.selectors.waiting import silent_on
from internships.views import position_words as words
from wenxi_portal.core.badges import Badge


@dataclass(frozen=True, slots=True)
class HostCard:
    """``waits`` tells that the host has something to do, ``tasks`` says what; ``note`` tells what others do.

    The flags say which buttons are shown.
    """

    position: Position
    url: str
    state: str
    badge: Badge
    period: str
    deadline: str
    seats: str
    note: str
    tasks: list[str]
    may_edit: bool
    may_send: bool
    may_confirm: bool
    is_asked: bool
    may_close: bool

    @property
    def waits(self) -> bool:
        """Tell whether the host has something to do."""
        return bool(self.tasks)


def host_card(position: Position) -> HostCard:
    """Return the card of a row of ``selectors.host_positions.own_positions``."""
    state = PositionState(position.state)
    label, badge = words.openness(state, position.is_open)  # type: ignore[attr-defined]
    return HostCard(
        position=position,
        url=reverse("host_desk:position", args=[position.pk]),
        state=label,
        badge=badge,
        period=words.period_words(position.starts_on, position.ends_on),
        deadline=words.deadline_words(position.apply_until),
        seats=words.seat_words(position.seats_left, position.seats),
        note=_note(position),
        tasks=_tasks(position),
        may_edit=state != PositionState.CLOSED,
        may_send=state in {PositionState.DRAFT, PositionState.CLOSED},
        may_confirm=state == PositionState.PUBLISHED,
        is_asked=is_asked(position),
        may_close=state != PositionState.CLOSED,
    )


def _tasks(position: Position) -> list[str]:
    found = []
    if position.state == PositionState.DRAFT:
        if position.came_from:  # type: ignore[attr-defined]
            found.append(_("Handed back: %(reason)s") % {"reason": position.last_reason})  # type: ignore[attr-defined]
        else:
            found.append(_("A draft: complete it and send it to review."))
    if is_asked(position):
        last = silent_on(position)
        day = formats.date_format(last) if last else ""
        found.append(_("Confirm by %(day)s that it still stands; otherwise it is closed.") % {"day": day})
    waiting = position.to_answer  # type: ignore[attr-defined]
    if waiting:
        sentence = ngettext("%(number)d application waits for your answer.", "%(number)d applications wait.", waiting)
        found.append(sentence % {"number": waiting})
    return found


def _note(position: Position) -> str:
    if position.state == PositionState.IN_REVIEW:
        return _("%(unit)s looks at it now.") % {"unit": position.lead_unit.display_name}
    if position.state == PositionState.CLOSED:
        return str(ClosingCause(position.closing_cause).label)
    if position.state == PositionState.PUBLISHED and not position.is_open:  # type: ignore[attr-defined]
        return words.why_not_open(position)
    return ""
