"""Facts of a position in words, for cards and for its page."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import formats, timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from internships.enums import POSITION_BADGES, ClosingCause, PositionState
from internships.models import Position
from internships.querysets import silent_since
from internships.selectors.allowance import Announced, allowance_a_month
from internships.selectors.host_record import HostRecord
from talent.enums import StudyLevel
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.money import money
from wenxi_portal.core.wording import word_list

Text = str | SafeString

OPEN_BADGE, RESTING_BADGE = Badge("success", "check"), Badge("muted", "pause")


def openness(state: str, is_open: bool) -> tuple[str, Badge]:
    """Return whether one can apply, as a word and its look; what was never on the list shows its state."""
    if is_open:
        return _("Open for applications"), OPEN_BADGE
    if state == PositionState.PUBLISHED:
        return _("Takes no applications now"), RESTING_BADGE
    return str(PositionState(state).label), POSITION_BADGES[PositionState(state)]


def why_not_open(position: Position) -> str:
    """Return why nobody can apply for a position that is, or was, on the list."""
    if position.state == PositionState.CLOSED:
        return str(ClosingCause(position.closing_cause).label)
    if position.apply_until < timezone.localdate():
        return str(ClosingCause.DATE.label)
    if not position.seats_left:
        return str(ClosingCause.SEATS.label)
    if position.reconfirmed_on and position.reconfirmed_on <= silent_since():
        return str(ClosingCause.SILENCE.label)
    return _("The base or the host it belongs to rests at present.")


def level_words(levels: Sequence[str]) -> Text:
    """Return the levels in their order, or that every level is welcome."""
    if not levels:
        return _("every level")
    return word_list(str(level.label) for level in StudyLevel if level.value in levels)


def period_words(first: date, last: date) -> str:
    """Return first and last day."""
    return _("%(first)s to %(last)s") % {"first": formats.date_format(first), "last": formats.date_format(last)}


def deadline_words(day: date) -> str:
    """Return the last day to apply, with the days left while there are few of them."""
    left, words = (day - timezone.localdate()).days, formats.date_format(day)
    if left == 0:
        return _("%(day)s, today") % {"day": words}
    if 0 < left <= 14:
        return ngettext("%(day)s, %(left)d day left", "%(day)s, %(left)d days left", left) % {
            "day": words,
            "left": left,
        }
    return words


def seat_words(free: int, seats: int) -> str:
    """Return how many seats are free."""
    return ngettext("%(free)d of %(seats)d seat free", "%(free)d of %(seats)d seats free", seats) % {
        "free": free, "seats": seats,
    }  # fmt: skip


def offer_words(row: Any) -> Text:
    """Return what the host offers beside the work; ``row`` is a mapping of the three fields."""
    names = {"lodging_offered": _("lodging"), "meals_offered": _("meals"), "transport_offered": _("transport")}
    return word_list(word for name, word in names.items() if row[name])


def record_words(found: HostRecord | None) -> str:
    """Return how a host answers; empty until there is enough to tell."""
    if found is None:
        return ""
    words = _("answers %(rate)d %% of applications") % {"rate": found.rate}
    if found.median is None:
        return words
    return word_list([words, _median_words(found.median)])


def allowance_lines(levels: Sequence[str]) -> list[str]:
    """Return the monthly allowance for each level, or that none was announced for it."""
    announced = allowance_a_month()
    return [
        _allowance(level, announced) for level in StudyLevel if level in levels or (not levels and level in announced)
    ]


def _allowance(level: StudyLevel, announced: Announced) -> str:
    if level not in announced:
        return _("%(level)s: not announced yet") % {"level": level.label}
    rate, is_sample = announced[level]
    words = _("%(level)s: %(sum)s a month") % {"level": level.label, "sum": money(rate)}
    return _("%(words)s (sample parameter)") % {"words": words} if is_sample else words


def _median_words(median: timedelta) -> str:
    days = max(1, -(-median // timedelta(days=1)))
    return ngettext("usually within %(days)d day", "usually within %(days)d days", days) % {"days": days}
