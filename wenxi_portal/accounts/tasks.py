"""Background work of the accounts room."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def remove_ended_sessions() -> None:
    """Remove sessions that have ended; those still running are not touched."""
    call_command("clearsessions")
