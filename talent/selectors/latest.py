"""Which study is the latest one and which work the present one, of somebody whose rows are at hand.

Rows carry dates as people tell them: often the beginning alone, or none. What ends in the future is going on. Of the
rest what began last comes first (the end stands in for an untold beginning), and what has no date at all comes last.
"""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from talent.models import Education, Employment, Person


def latest_study(person: Person) -> Education | None:
    """Return the study that is going on, or else the one that began last. ``person`` carries ``educations``."""
    today = timezone.localdate()
    rows: Iterable[Education] = person.educations.all()
    return max(rows, key=lambda row: (bool(row.ended_on and row.ended_on >= today), *_begun(row)), default=None)


def latest_work(person: Person) -> Employment | None:
    """Return the present work, or else the one that began last. ``person`` carries ``employments``."""
    today = timezone.localdate()
    rows: Iterable[Employment] = person.employments.all()
    return max(rows, key=lambda row: (is_present(row, today), *_begun(row)), default=None)


def present_work(person: Person) -> Employment | None:
    """Return the present work, None for somebody whose every work has ended."""
    work = latest_work(person)
    return work if work and is_present(work) else None


def is_present(work: Employment, today: date | None = None) -> bool:
    """Tell whether somebody works there ``today``: no end is told, or it has not come."""
    return work.ended_on is None or work.ended_on >= (today or timezone.localdate())


def _begun(row: Education | Employment) -> tuple[date, int]:
    return row.started_on or row.ended_on or date.min, row.pk
