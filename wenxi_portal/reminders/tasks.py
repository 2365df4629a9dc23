"""Background work of the reminders room. Each task may run twice or late without harm."""

from celery import shared_task

from wenxi_portal.reminders.enums import Pulse
from wenxi_portal.reminders.services import scanning, tidying
from wenxi_portal.reminders.services.heartbeats import beat


@shared_task
def scan() -> None:
    """Remind of what is due."""
    scanning.scan()


@shared_task
def compare_everything() -> None:
    """Compare every deadline with its record, whatever changed it, and forget empty runs."""
    scanning.scan(wholly=True)
    tidying.forget_empty_runs()


@shared_task
def heartbeat() -> None:
    """Show that clock, broker and worker work together."""
    beat(Pulse.TASKS)
