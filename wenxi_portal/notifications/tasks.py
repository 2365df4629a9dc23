"""Background work of the notifications room. Each task may run twice or late without harm."""

from celery import shared_task

from wenxi_portal.notifications.services import delivery, digest, handing_over


@shared_task(soft_time_limit=60, time_limit=90)
def deliver(message_id: int) -> bool:
    """Send one message."""
    return delivery.deliver(message_id=message_id)


@shared_task
def sweep() -> int:
    """Collect digests and hand over whatever waits."""
    digest.collect_digests()
    return handing_over.sweep()
