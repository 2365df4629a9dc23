"""Applications as their pages show them: where each stands, who has it, what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, QuerySet, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.enums import ACTIVE_STATES, HOLDERS, ApplicationState, Holder
from internships.models import Application, Position, Student
from wenxi_portal.accounts.models import User

S = ApplicationState
WRITABLE = (S.DRAFT, S.HANDED_BACK)
NEXT = {
    S.DRAFT: gettext_lazy("Complete it and submit it."),
    S.SUBMITTED: gettext_lazy("The host looks at it and decides."),
    S.HANDED_BACK: gettext_lazy("Complete what is missing and submit it again."),
    S.SHORTLISTED: gettext_lazy("The host may call you, and then decides."),
    S.WAIT_LISTED: gettext_lazy("When a seat becomes free, the next on the list is offered it by itself."),
    S.OFFERED: gettext_lazy("Accept or decline the offer."),
    S.ACCEPTED: gettext_lazy("The lead unit arranges your stay: agreement, insurance, lodging."),
    S.PLACED: gettext_lazy("Your stay has a page of its own."),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline."""

    title: str
    at: datetime | None = None
    when: str = ""
    text: str = ""
    phase: str = "done"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands, in words: who has it since when until when, and what comes next."""

    holder: str
    since: datetime
    until: str
    is_overdue: bool
    next: str


def held_application(student: Student, position: Position) -> Application | None:
    """Return the student's application for ``position`` that is under way or settled: there is at most one."""
    return student.applications.filter(position=position, state__in=[*ACTIVE_STATES, S.PLACED]).first()


def own_applications(student: Student) -> QuerySet[Application]:
    """Return the student's applications, those that wait for him or her first."""
    mine = [state for state in ACTIVE_STATES if HOLDERS[state] == Holder.STUDENT]
    return student.applications.select_related("position__host", "position__lead_unit").order_by(
        Case(When(state__in=mine, then=0), default=1), "-in_state_since"
    )


def own_application(user: User, pk: int) -> Application | None:
    """Return one of the user's own applications."""
    rows = Application.objects.filter(student__user=user)
    return rows.select_related("position__host", "position__lead_unit", "student").filter(pk=pk).first()


def standing(application: Application) -> Standing:
    """Tell where ``application`` stands."""
    due: Any = application.answer_due_on
    until = date_format(due, "DATE_FORMAT") if due else ""
    if application.offer_until:
        until = date_format(timezone.localtime(application.offer_until), "DATETIME_FORMAT")
    position = application.position
    names = {Holder.HOST: position.host.display_name, Holder.LEAD_UNIT: position.lead_unit.display_name}
    return Standing(
        holder=names.get(application.holder, str(application.holder.label)),
        since=application.in_state_since,
        until=until,
        is_overdue=bool(due and due < timezone.localdate()),
        next=str(NEXT.get(S(application.state), "")),
    )


def timeline(application: Application) -> list[Entry]:
    """Return the way of ``application``: what happened, where it is, what comes next."""
    changes = list(application.state_changes.order_by("at", "pk"))
    entries = [Entry(str(S(change.to_state).label), change.at, text=change.reason) for change in changes] or [
        Entry(str(S(application.state).label), application.in_state_since)
    ]
    last = entries[-1]
    entries[-1] = Entry(last.title, last.at, text=last.text, phase="now")
    following = NEXT.get(S(application.state))
    if following and application.state != S.PLACED:
        words = standing(application).until
        when = _("until %(day)s") % {"day": words} if words else _("next")
        entries.append(Entry(str(following), when=when, phase="next"))
    return entries


def place_in_line(application: Application) -> int | None:
    """Return how many wait before this one, counted from 1; None when it does not wait."""
    if application.wait_rank is None:
        return None
    waiting = application.position.applications.waiting_list()
    return int(waiting.filter(wait_rank__lt=application.wait_rank).count()) + 1


def host_applications(user: User) -> QuerySet[Application]:
    """Return the applications for the positions of the hosts ``user`` belongs to, the longest waiting first."""
    rows = Application.objects.of_hosts(user)
    return rows.select_related("position", "student__university").order_by("answer_due_on", "in_state_since", "pk")


def counts_by_state(rows: QuerySet[Application]) -> list[tuple[str, str, int]]:
    """Return state, its words and how many, for states that occur, in the order of the way."""
    counted = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    return [(state.value, str(state.label), counted[state.value]) for state in S if counted.get(state.value)]


def overdue(rows: Iterable[Application], today: date | None = None) -> set[int]:
    """Return the keys of those whose answer is overdue."""
    day = today or timezone.localdate()
    return {row.pk for row in rows if row.answer_due_on and row.answer_due_on < day}


def most_at_once() -> int:
    """Return how many applications may be under way at once (示例参数)."""
    return int(settings.APPLICATIONS_AT_ONCE)
