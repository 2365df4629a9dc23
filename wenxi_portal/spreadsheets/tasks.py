"""Background work of sheets. Each task may run twice or late without harm."""

from celery import shared_task

from wenxi_portal.spreadsheets.services import applying, exports, reading, sweeping


@shared_task
def read_import(run_id: int) -> None:
    """Read an uploaded file."""
    reading.read_import(run_id)


@shared_task
def apply_import(run_id: int) -> None:
    """Write a confirmed import."""
    applying.apply_import(run_id)


@shared_task
def make_export(export_id: int) -> None:
    """Make a file of a list."""
    exports.make_export(export_id)


@shared_task
def take_up_stuck() -> int:
    """Take up what a killed worker left."""
    return sweeping.take_up_stuck()


@shared_task
def erase_old() -> int:
    """Erase what has been kept long enough."""
    return sweeping.erase_old()
