"""Why somebody was, or was not, reminded of one record."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wenxi_portal.notifications.models import Message
from wenxi_portal.reminders import registry
from wenxi_portal.reminders.enums import Outcome
from wenxi_portal.reminders.ladders import ESCALATION, Ladder
from wenxi_portal.reminders.models import Deadline, LedgerEntry
from wenxi_portal.reminders.working_days import calendar

MOST = 200


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the ledger in words; ``message`` is how the message itself stands (empty when there is none)."""

    at: datetime
    planned_at: datetime
    due: object
    step: str
    who: str
    channel: str
    sent: bool
    words: str
    message: str


@dataclass(frozen=True, slots=True)
class Story:
    """What one ladder says of the record: where it stands, what comes next, what has been."""

    ladder: Ladder
    label: str | Promise
    deadline: Deadline | None
    coming: list[tuple[str, datetime]]
    unknown_years: list[int]
    past: list[Told]


def stories(record: Model) -> list[Story]:
    """Return the story of each ladder that watches records of this sort."""
    return [_story(ladder, record) for ladder in registry.ladders() if ladder.model is type(record)]


def step_words(ladder: Ladder, key: str) -> str:
    """Return a step in words; a key that the ladder no longer has stays as it is."""
    if key == ESCALATION:
        return _("heads are told")
    step = next((each for each in ladder.steps if each.key == key), None)
    if step is None:
        return key
    if not step.offset:
        return _("on the day")
    days = abs(step.offset)
    if step.in_working_days:
        words = _("%(days)d working days before") if step.offset < 0 else _("%(days)d working days after")
    else:
        words = _("%(days)d days before") if step.offset < 0 else _("%(days)d days after")
    return words % {"days": days}


def _story(ladder: Ladder, record: Model) -> Story:
    deadline = Deadline.objects.filter(kind=ladder.name, object_id=record.pk).select_related("unit", "owner").first()
    coming: list[tuple[str, datetime]] = []
    unknown: list[int] = []
    if deadline is not None and deadline.next_at is not None:
        days = calendar()
        rungs = [rung for rung in ladder.rungs(deadline.due_on, days) if rung.position >= deadline.next_position]
        # The escalation counts from the last step, once that has gone out.
        first = rungs[0].position if rungs else 0
        coming = [
            (step_words(ladder, rung.step), deadline.next_at if rung.escalates else rung.at)
            for rung in rungs
            if not rung.escalates or rung.position == first
        ]
        if any(step.in_working_days for step in ladder.steps) or ladder.escalate_after is not None:
            unknown = days.unknown_years(at.date() for _step, at in coming)
    return Story(ladder, ladder.label, deadline, coming, unknown, _past(ladder, record))


def _past(ladder: Ladder, record: Model) -> list[Told]:
    entries = list(LedgerEntry.objects.filter(kind=ladder.name, object_id=record.pk).select_related("recipient")[:MOST])
    keys = {f"reminder:{entry.pk}" for entry in entries if entry.state == Outcome.SENT}
    messages = {message.dedup_key: message for message in Message.objects.filter(dedup_key__in=keys)}
    # What was dealt with in one run is told in the order of its steps.
    entries.sort(key=lambda entry: (entry.at, entry.planned_at), reverse=True)
    return [_told(ladder, entry, messages.get(f"reminder:{entry.pk}")) for entry in entries]


def _told(ladder: Ladder, entry: LedgerEntry, message: Message | None) -> Told:
    note = f" · {entry.note}" if entry.note else ""
    return Told(
        at=entry.at,
        planned_at=entry.planned_at,
        due=entry.due_on,
        step=step_words(ladder, entry.step),
        who=str(entry.recipient or ""),
        channel=entry.get_channel_display() if entry.channel else "",
        sent=entry.state == Outcome.SENT,
        words=str(entry.get_state_display()) if entry.state == Outcome.SENT else f"{entry.get_reason_display()}{note}",
        message=str(message.get_state_display()) if message else "",
    )
