"""How far the tasks have come that go through what changed."""

from datetime import UTC, datetime

from talent.models import Progress

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def progress_of(task: str, default: datetime) -> tuple[datetime, int]:
    """Return the moment up to which ``task`` is done, and the last record of that moment."""
    progress = Progress.objects.filter(task=task).first()
    return (progress.at, progress.record) if progress else (default, 0)


def note_progress(task: str, at: datetime, record: int = 0) -> None:
    """Remember that ``task`` is done up to ``at`` and ``record``."""
    Progress.objects.update_or_create(task=task, defaults={"at": at, "record": record})
