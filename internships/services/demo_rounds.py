"""Rounds of internships whose days to apply are over: closed sample positions and who was accepted for them.

What lies in the past cannot be played through verbs that look at the clock, so these rows are written as they would
stand today, each with its way through the states. The database checks every one of them.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from internships.enums import ApplicationState, ClosingCause, PositionState
from internships.models import Application, ApplicationStateChange, Position, PositionStateChange, Student
from internships.services.demo_positions import Row, host_of, sample_position, unit_of
from internships.services.demo_stays import Course
from internships.services.search_index import index_position
from talent.services.demo import REASON
from wenxi_portal.core import search_text

S, P = ApplicationState, PositionState
ROUNDS = {
    "past": "（往批示例）", "now": "（本批示例）", "next": "（下批示例）", "earlier": "（更早批次示例）",
    "article": "（公开报道口径示例）",
}  # fmt: skip
# First and last day of a round, from today.
DAYS = {"past": (-200, -90), "now": (-80, 50), "next": (6, 80), "earlier": (-330, -220), "article": (-320, -200)}
SEATS = 80
WAY = (S.DRAFT, S.SUBMITTED, S.SHORTLISTED, S.OFFERED, S.ACCEPTED)
DAYS_TO_APPLY = 20


def round_of(course: Course) -> str:
    """Return in which round a stay of ``course`` takes place."""
    if course.name in {"earlier", "article"}:
        return course.name
    if course.first > 0:
        return "next"
    return "past" if course.name in {"certified", "hired"} else "now"


@transaction.atomic
def accepted_application(*, student: Student, course: Course, row: Row) -> Application | None:
    """Return the student's application for the round of ``course`` at the host of ``row``, written when missing.

    None where the host is not on file.
    """
    title = f"{row['title']}{ROUNDS[round_of(course)]}"
    position = Position.objects.filter(host__name=row["host"], title=title, is_demo=True).first()
    position = position or _closed_position(row, title, round_of(course))
    if position is None:
        return None
    present: Application | None = Application.objects.filter(student=student, position=position).first()
    return present or _accepted(student, position)


def _accepted(student: Student, position: Position) -> Application:
    submitted = timezone.now() + (position.apply_until - timezone.localdate()) - timedelta(days=DAYS_TO_APPLY // 2)
    application = Application.objects.create(
        position=position, student=student, state=S.ACCEPTED, letter="希望把所学用到家乡。（示例）",
        submitted_at=submitted, available_from=position.starts_on, available_until=position.ends_on,
        wants_lodging=student.pk % 2 == 0, is_demo=True,
    )  # fmt: skip
    ApplicationStateChange.objects.bulk_create(
        ApplicationStateChange(application=application, from_state=before, to_state=after, reason=REASON)
        for before, after in zip(("", *WAY), WAY, strict=False)
    )
    return application


def _closed_position(row: Row, title: str, name: str) -> Position | None:
    host, unit = host_of(row), unit_of(row)
    if host is None or unit is None:
        return None
    position = sample_position(row, host, unit)
    first, last = DAYS[name]
    position.title, position.title_en = title, ""
    position.starts_on = timezone.localdate() + timedelta(days=first)
    position.ends_on = timezone.localdate() + timedelta(days=last)
    position.apply_until = min(position.starts_on, timezone.localdate()) - timedelta(days=7)
    position.seats = SEATS
    position.state, position.closing_cause = P.CLOSED, ClosingCause.DATE
    position.published_at = timezone.now() + (position.apply_until - timezone.localdate()) - timedelta(DAYS_TO_APPLY)
    position.closed_at = timezone.now()
    position.sort_key = search_text.sort_key(title)[:600]
    position.full_clean(exclude=["search_vector"])
    position.save()
    index_position(position)
    way = (P.DRAFT, P.IN_REVIEW, P.PUBLISHED, P.CLOSED)
    PositionStateChange.objects.bulk_create(
        PositionStateChange(position=position, from_state=before, to_state=after, reason=REASON)
        for before, after in zip(("", *way), way, strict=False)
    )
    return position
