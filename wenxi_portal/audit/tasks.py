"""Background work of the audit room. Each task may run twice or late without harm."""

from celery import shared_task

from wenxi_portal.audit.selectors import is_applied
from wenxi_portal.audit.services.retention import apply_retention
from wenxi_portal.core.retention import kinds


@shared_task
def retention() -> None:
    """Hand every kind that the county has switched on to a worker."""
    for kind in kinds().values():
        if is_applied(kind) and not kind.by_itself:
            erase_kind.delay(kind.name)


@shared_task
def erase_kind(name: str) -> int:
    """Erase what is due of one kind, unless it was switched off meanwhile."""
    kind = kinds().get(name)
    return apply_retention(kind, reason="RETENTION_APPLIED") if kind and is_applied(kind) else 0
